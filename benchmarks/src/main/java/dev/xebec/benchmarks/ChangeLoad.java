package dev.xebec.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes ConfigMaps, one of its own for each client, in one of the ways that the API has. */
@Command(name = "change", description = "Change ConfigMaps: by update, patch or apply.")
final class ChangeLoad implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** How an object is changed. */
    enum How {
        UPDATE, MERGE, APPLY
    }

    @Mixin
    private Target target;
    @Option(names = "--how", defaultValue = "UPDATE", description = "${COMPLETION-CANDIDATES} (default: "
            + "${DEFAULT-VALUE})")
    private How how;
    @Option(names = "--count", defaultValue = "5000", description = "changes (default: ${DEFAULT-VALUE})")
    private long count;
    @Option(names = "--bytes", defaultValue = "1024", description = "bytes of data in each (default: ${DEFAULT-VALUE})")
    private int bytes;

    private final Map<Connection, ObjectNode> own = new ConcurrentHashMap<>();
    private final String run = "u-" + Long.toString(System.currentTimeMillis(), 36);

    @Override
    public Integer call() throws Exception {
        target.prepare();
        new Swarm(target).run(how + " of a ConfigMap of " + bytes + " B", count, (connection, number) -> {
            ObjectNode mine = own.get(connection);
            if (mine == null) {
                mine = create(connection, own.size());
                own.put(connection, mine);
            }
            return change(connection, mine, number);
        });
        return 0;
    }

    private String path() {
        return "/api/v1/namespaces/" + target.namespace() + "/configmaps";
    }

    private ObjectNode create(Connection connection, int number) throws IOException, InterruptedException {
        String name = run + "-" + number + "-" + Integer.toHexString(System.identityHashCode(connection));
        var response = connection.send("POST", path(), bytes(object(name, 0)), "application/json");
        if (response.statusCode() != 201) {
            throw new IOException("HTTP " + response.statusCode());
        }
        return (ObjectNode) MAPPER.readTree(response.body());
    }

    private int change(Connection connection, ObjectNode mine, long number) throws IOException, InterruptedException {
        String name = mine.path("metadata").path("name").asText();
        String path = path() + "/" + name;
        var response = switch (how) {
            case UPDATE -> {
                ((ObjectNode) mine.path("data")).put("value", value(number));
                yield connection.send("PUT", path, MAPPER.writeValueAsBytes(mine), "application/json");
            }
            case MERGE -> connection.send("PATCH", path, bytes("{\"data\":{\"value\":\"" + value(number) + "\"}}"),
                    "application/merge-patch+json");
            case APPLY -> connection.send("PATCH", path + "?fieldManager=load&force=true", bytes(object(name, number)),
                    "application/apply-patch+yaml");
        };
        if (how == How.UPDATE && response.statusCode() == 200) {
            JsonNode answer = MAPPER.readTree(response.body());
            ((ObjectNode) mine.path("metadata")).set("resourceVersion",
                    answer.path("metadata").path("resourceVersion"));
        }
        return response.statusCode();
    }

    private String object(String name, long number) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\"},\"data\":{\"value\":\"" + value(number) + "\"}}";
    }

    private String value(long number) {
        String unique = Long.toString(number);
        return unique + "x".repeat(Math.max(0, bytes - unique.length()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
