import org.cometd.bayeux.Promise;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.AbstractService;
import org.cometd.server.BayeuxServerImpl;
import org.cometd.server.http.JSONHttpTransport;
import org.cometd.server.http.JSONPHttpTransport;
import org.cometd.server.http.jakarta.CometDServlet;
import org.cometd.server.websocket.jetty.JettyWebSocketTransport;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** CometD 9 at /genesys/cometd with an echo service; `name=value` arguments are CometD's own options. Ends with its stdin. */
public class CometdServer {
    public static void main(String[] options) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.getInteger("port", 0));
        connector.setAcceptQueueSize(8192);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/genesys");
        WebSocketUpgradeHandler upgrades = WebSocketUpgradeHandler.from(server, context);
        context.insertHandler(upgrades);
        server.setHandler(context);
        CometDServlet servlet = new CometDServlet() {
            @Override
            protected BayeuxServer newBayeuxServer() {
                BayeuxServerImpl bayeux = new BayeuxServerImpl();
                bayeux.setOption(Context.class.getName(), context.getContext());
                bayeux.setTransports(new JettyWebSocketTransport(bayeux), new JSONHttpTransport(bayeux), new JSONPHttpTransport(bayeux));
                return bayeux;
            }
        };
        ServletHolder cometd = new ServletHolder(servlet);
        cometd.setInitOrder(1);
        cometd.setAsyncSupported(true);
        cometd.setInitParameter("ws.cometdURLMapping", "/cometd");
        for (String option : options) cometd.setInitParameter(option.split("=")[0], option.split("=")[1]);
        context.addServlet(cometd, "/cometd/*");
        server.start();
        new Echo(servlet.getBayeuxServer());
        System.out.println("{\"url\":\"http://127.0.0.1:" + connector.getLocalPort() + "/genesys/cometd\",\"pid\":" + ProcessHandle.current().pid() + "}");
        while (System.in.read() != -1) {}
        System.exit(0);
    }

    public static class Echo extends AbstractService {
        public Echo(BayeuxServer bayeux) {
            super(bayeux, "echo");
            addService("/service/echo", "echo");
        }

        public void echo(ServerSession remote, ServerMessage message) {
            remote.deliver(getServerSession(), "/service/echo", message.getData(), Promise.noop());
        }
    }
}
