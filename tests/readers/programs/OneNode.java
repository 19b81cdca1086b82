import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.common.settings.Settings;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node on this machine, from its jars, until standard input ends.
 *
 * Words: a folder for its data, and two free ports. Prints a line once it answers.
 */
public final class OneNode extends Node {
    private OneNode(Settings settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "one"),
            List.of(Netty4Plugin.class),
            false);
    }

    public static void main(String[] words) throws Exception {
        Path home = Path.of(words[0]);
        Settings settings = Settings.builder()
            .put("path.home", home)
            .put("path.data", home.resolve("data"))
            .put("cluster.name", "one")
            .put("discovery.type", "single-node")
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .put("http.host", "127.0.0.1")
            .put("transport.host", "127.0.0.1")
            .put("http.port", words[1])
            .put("transport.port", words[2])
            .build();
        try (Node node = new OneNode(settings).start()) {
            System.out.println("started");
            while (System.in.read() >= 0) {
            }
        }
    }
}
