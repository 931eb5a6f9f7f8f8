package dev.xebec.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.gateway.replicas.ReplicasPath;
import dev.xebec.server.StartupException;
import dev.xebec.server.check.AdminConnection;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xebec state members|add|remove}: where a running cluster's state is kept. */
final class ReplicaCommands {
    private static final Duration LOOK = Duration.ofMillis(300);
    /** While the leader changes, gateways refuse for a moment. */
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final byte[] NOTHING = {};

    private ReplicaCommands() {}

    /** {@code xebec state members}. */
    @Command(name = "members", description = "Show the replicas of the state.", mixinStandardHelpOptions = true)
    static final class Members implements Callable<Integer> {
        @Spec
        private CommandSpec spec;
        @Mixin
        private ClusterOption cluster;
        @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", description = "text or json", defaultValue = "text")
        private String output;

        @Override
        public Integer call() throws InterruptedException {
            if (!output.equals("text") && !output.equals("json")) {
                throw new ParameterException(spec.commandLine(), "--output has to be text or json, not " + output);
            }
            try (AdminConnection connection = cluster.connect()) {
                JsonNode group = connection.send("GET", ReplicasPath.PATH, NOTHING);
                if (output.equals("json")) {
                    System.out.println(group.toPrettyString());
                } else {
                    print(group);
                }
                return 0;
            } catch (IOException failed) {
                throw new StartupException("the replicas cannot be told: " + failed.getMessage(), failed);
            }
        }
    }

    /** {@code xebec state add NAME=HOST:PORT}. */
    @Command(name = "add", description = "Add a replica that was started with state-join, or tell the others a replica's new address; ends "
            + "when its vote counts.", mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {
        @Spec
        private CommandSpec spec;
        @Mixin
        private ClusterOption cluster;
        @Parameters(index = "0", paramLabel = "NAME=HOST:PORT", description = "the replica, and where the others reach its Raft port")
        private String replica;

        @Override
        public Integer call() throws InterruptedException {
            int equals = replica.indexOf('=');
            if (equals < 1 || replica.lastIndexOf(':') < equals) {
                throw new ParameterException(spec.commandLine(), "say NAME=HOST:PORT, not " + replica);
            }
            String name = replica.substring(0, equals);
            String address = replica.substring(equals + 1);
            return new Following(cluster, name, true, address).run("PUT", ReplicasPath.PATH + "/" + encoded(name)
                    + "?address=" + encoded(address));
        }
    }

    /** {@code xebec state remove NAME}. */
    @Command(name = "remove", description = "Remove a replica; ends when the others do without it.", mixinStandardHelpOptions = true)
    static final class Remove implements Callable<Integer> {
        @Mixin
        private ClusterOption cluster;
        @Parameters(index = "0", paramLabel = "NAME", description = "the replica")
        private String name;

        @Override
        public Integer call() throws InterruptedException {
            return new Following(cluster, name, false, "").run("DELETE", ReplicasPath.PATH + "/" + encoded(name));
        }
    }

    /** A change from its begin to its end. @param address where it is to be; empty for a replica that goes */
    private record Following(ClusterOption cluster, String name, boolean stays, String address) {

        int run(String method, String path) throws InterruptedException {
            try (AdminConnection connection = cluster.connect()) {
                JsonNode group = connection.send(method, path, NOTHING);
                String told = "";
                while (running(group)) {
                    String now = name + (stays ? " is being added, " : " is being removed, ")
                            + group.path("change").path("behind").asLong() + " entries behind";
                    if (!now.equals(told)) {
                        System.out.println(now);
                        told = now;
                    }
                    Thread.sleep(LOOK);
                    group = patiently(connection);
                }
                return ended(group);
            } catch (IOException failed) {
                throw new StartupException(name + (stays ? " was not added: " : " was not removed: ")
                        + failed.getMessage(), failed);
            }
        }

        private int ended(JsonNode group) throws IOException {
            JsonNode change = group.path("change");
            if (change.path("name").asText().equals(name) && change.path("phase").asText().equals("failed")) {
                throw new IOException(change.path("detail").asText());
            }
            JsonNode mine = null;
            for (JsonNode replica : group.path("replicas")) {
                if (replica.path("name").asText().equals(name)) {
                    mine = replica;
                }
            }
            boolean done = stays ? mine != null && mine.path("address").asText().equals(address) : mine == null;
            if (!done) {
                throw new IOException("another replica leads by now, and the change is not done; try again");
            }
            System.out.println(name + (stays ? " is one of the replicas" : " is none of the replicas any more"));
            print(group);
            return 0;
        }

        private boolean running(JsonNode group) {
            JsonNode change = group.path("change");
            return change.path("name").asText().equals(name) && change.path("phase").asText().equals("running");
        }

        private static JsonNode patiently(AdminConnection connection) throws IOException, InterruptedException {
            long end = System.nanoTime() + SILENCE.toNanos();
            while (true) {
                try {
                    return connection.send("GET", ReplicasPath.PATH, NOTHING);
                } catch (IOException silent) {
                    if (System.nanoTime() > end) {
                        throw silent;
                    }
                    Thread.sleep(LOOK);
                }
            }
        }
    }

    /** As a path's segment and a query's value may have it alike. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void print(JsonNode group) {
        String format = "%-24s %-40s %-8s %-6s %s%n";
        System.out.printf(Locale.ROOT, format, "NAME", "ADDRESS", "LEADER", "LIVE", "BEHIND");
        for (JsonNode replica : group.path("replicas")) {
            System.out.printf(Locale.ROOT, format, replica.path("name").asText(), replica.path("address").asText(),
                    replica.path("leader").asBoolean() ? "yes" : "", replica.path("live").asBoolean() ? "yes" : "no",
                    replica.path("live").asBoolean() ? replica.path("behind").asText() : "");
        }
        JsonNode change = group.path("change");
        if (change.path("phase").asText().equals("running")) {
            System.out.println(change.path("name").asText() + " is being changed: " + change.path("kind").asText());
        }
    }
}
