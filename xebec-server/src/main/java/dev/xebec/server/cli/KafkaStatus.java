package dev.xebec.server.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.server.kafka.KafkaAccess;
import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.plan.ClusterFile;
import dev.xebec.server.plan.KafkaShape;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** What {@code status} says of Kafka. */
final class KafkaStatus {
    private static final int PATIENCE_MS = 1_000;

    private KafkaStatus() {}

    static ObjectNode of(DataDirectory data, ClusterFile file) {
        KafkaShape shape = file.plan().shape().kafka();
        ObjectNode kafka = Json.object();
        kafka.put("cluster", shape.embedded() || shape.off() ? shape.cluster() : "outside");
        if (shape.off()) {
            return kafka.put("bootstrap", "").put("pid", 0).put("healthy", false).put("properties", "").put("detail",
                    "");
        }
        if (!shape.embedded()) {
            String first = shape.cluster().split(",", 2)[0];
            int colon = first.lastIndexOf(':');
            boolean answers = accepts(first.substring(0, colon), Integer.parseInt(first.substring(colon + 1)));
            return kafka.put("bootstrap", shape.cluster()).put("pid", 0).put("healthy", answers)
                    .put("properties", shape.properties()).put("detail", answers ? "" : first + " does not answer");
        }
        int port = file.plan().broker().port();
        boolean runs = file.broker().alive().isPresent();
        boolean serves = runs && accepts(file.plan().host(), port);
        return kafka.put("bootstrap", file.plan().host() + ":" + port).put("pid", runs ? file.broker().pid() : 0)
                .put("healthy", serves).put("properties", KafkaAccess.client(data).toString())
                .put("detail", serves
                        ? ""
                        : runs
                                ? "starting"
                                : "not running; its log is " + data.logs()
                                        .resolve("kafka.log"));
    }

    private static boolean accepts(String host, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
            return true;
        } catch (IOException silent) {
            return false;
        }
    }
}
