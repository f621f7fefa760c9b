import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Map;
import javax.websocket.ContainerProvider;
import org.cometd.bayeux.Message;
import org.cometd.bayeux.client.ClientSessionChannel;
import org.cometd.client.BayeuxClient;
import org.cometd.client.transport.ClientTransport;
import org.cometd.client.transport.LongPollingTransport;
import org.cometd.websocket.client.WebSocketTransport;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.ajax.JSON;

/** CometD's client, led by lines of JSON: `{"do", "channel", "data"}` in, `{"done"}`, `{"failed"}` or `{"heard"}` out. */
public class CometdClient {
    public static void main(String[] arguments) throws Exception {
        HttpClient http = new HttpClient();
        http.start();
        ClientTransport transport = arguments[1].equals("websocket")
            ? new WebSocketTransport(null, null, ContainerProvider.getWebSocketContainer())
            : new LongPollingTransport(null, http);
        BayeuxClient client = new BayeuxClient(arguments[0], transport);
        ClientSessionChannel.MessageListener answered = (channel, message) -> {
            if (message.isSuccessful()) say("done", message.getChannel());
            else say("failed", message.toString());
        };
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Map<?, ?> order = (Map<?, ?>) JSON.parse(line);
            String channel = (String) order.get("channel");
            switch ((String) order.get("do")) {
                case "handshake": client.handshake(answered); break;
                case "subscribe": client.getChannel(channel).subscribe((from, message) -> say("heard", message.getData()), answered); break;
                case "publish": client.getChannel(channel).publish(order.get("data"), answered); break;
                default: client.disconnect(answered);
            }
        }
        System.exit(0);
    }

    private static synchronized void say(String what, Object value) {
        System.out.println("{\"" + what + "\":" + JSON.toString(value) + "}");
    }
}
