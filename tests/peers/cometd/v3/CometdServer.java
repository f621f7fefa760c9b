import java.util.Map;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.cometd.bayeux.server.BayeuxServer;
import org.cometd.bayeux.server.ServerMessage;
import org.cometd.bayeux.server.ServerSession;
import org.cometd.server.AbstractService;
import org.cometd.server.CometDServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.websocket.jsr356.server.deploy.WebSocketServerContainerInitializer;

/** CometD 3.1 at /genesys/cometd with an echo service; `name=value` arguments are CometD's own options. Ends with its stdin. */
public class CometdServer {
    public static void main(String[] options) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.getInteger("port", 0));
        connector.setAcceptQueueSize(8192);
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler(server, "/genesys", ServletContextHandler.NO_SESSIONS);
        WebSocketServerContainerInitializer.initialize(context);
        ServletHolder cometd = new ServletHolder(CometDServlet.class);
        cometd.setInitOrder(1);
        cometd.setAsyncSupported(true);
        cometd.setInitParameter("ws.cometdURLMapping", "/cometd/*");
        for (String option : options) cometd.setInitParameter(option.split("=")[0], option.split("=")[1]);
        context.addServlet(cometd, "/cometd/*");
        server.start();
        new Echo((BayeuxServer) context.getServletContext().getAttribute(BayeuxServer.ATTRIBUTE));
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
            remote.deliver(getServerSession(), "/service/echo", message.getData());
        }
    }
}
