package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.events.EventFilter;
import dev.xebec.server.events.EventPrinter;
import dev.xebec.server.events.EventStream;
import dev.xebec.server.events.MissingTopicException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xebec events}: the stream of task events as a person reads it, from its beginning. */
@Command(name = "events", description = "Print what happened to pods, Jobs, nodes and masters.", mixinStandardHelpOptions = true, subcommands = SendCommand.class)
final class EventsCommand implements Callable<Integer> {
    private static final long RETRY_MS = 500;

    @Spec
    private CommandSpec spec;
    @Mixin
    private DataOption data;
    @Option(names = {"-f", "--follow"}, description = "go on with what happens; wait for Kafka where it is not up yet")
    private boolean follow;
    @Option(names = "--pod", paramLabel = "[NAMESPACE/]NAME", description = "of one pod", defaultValue = "")
    private String pod;
    @Option(names = {"-n", "--namespace"}, paramLabel = "NAME", description = "of one namespace", defaultValue = "")
    private String namespace;
    @Option(names = "--type", paramLabel = "TYPE", split = ",", description = "of some types, such as failed,job.completed")
    private Set<String> types = Set.of();
    @Option(names = "--since", paramLabel = "WHEN", description = "such as 90s, 10m, 2h, 3d or 2026-11-23T16:00:00Z", defaultValue = "")
    private String since;
    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", description = "text, or json: a CloudEvent a line", defaultValue = "text")
    private String output;

    @Override
    public Integer call() throws InterruptedException {
        if (!output.equals("text") && !output.equals("json")) {
            throw new ParameterException(spec.commandLine(), "--output has to be text or json, not " + output);
        }
        EventFilter filter = filter();
        ClusterKafka cluster = ClusterKafka.of(data.directory());
        EventPrinter printer = new EventPrinter(System.out, output.equals("json"), ZoneId.systemDefault());
        cluster.await(follow);
        while (true) {
            try (EventStream stream = new EventStream(cluster.properties(), cluster.shape().topic())) {
                long foreign = stream.read(filter, follow, printer::print);
                if (foreign > 0) {
                    System.err.println(
                            "xebec: " + foreign + " records of " + cluster.shape().topic() + " are no CloudEvents");
                }
                return 0;
            } catch (MissingTopicException notYet) {
                if (!follow) {
                    throw new StartupException(notYet.getMessage()
                            + "; it is made with the first event, or with --follow waited for", notYet);
                }
                Thread.sleep(RETRY_MS);
            }
        }
    }

    private EventFilter filter() {
        String subject = "";
        if (!pod.isEmpty()) {
            if (!pod.matches("([^/\\s]+/)?[^/\\s]+")) {
                throw new ParameterException(spec.commandLine(), "--pod has to be NAME or NAMESPACE/NAME, not " + pod);
            }
            String named = namespace.isEmpty() ? "default" : namespace;
            subject = "pods/" + (pod.contains("/") ? pod : named + "/" + pod);
        }
        try {
            return new EventFilter(subject, namespace, types, Moment.parse(since, Instant.now()));
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(spec.commandLine(), malformed.getMessage());
        }
    }
}
