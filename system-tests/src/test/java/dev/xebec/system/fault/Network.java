package dev.xebec.system.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The wires between hosts, each direction by itself, behind one switch in user space. Impairments of one direction add
 * up. Safe for use by several threads.
 */
final class Network implements AutoCloseable {
    private final List<String> hosts;
    private final Process process;
    private final Writer rules;
    private final List<Impaired> impaired = new ArrayList<>();

    /** One direction between two hosts. */
    record Link(String from, String to) {}

    /**
     * What a direction does to frames.
     *
     * @param cut nothing arrives
     * @param delay until a frame arrives
     * @param jitter up to this much more
     * @param lossPpm frames of a million that are lost
     * @param reorderPpm frames of a million that overtake those that wait
     */
    record Impairment(boolean cut, Duration delay, Duration jitter, long lossPpm, long reorderPpm) {
        static final Impairment NONE = new Impairment(false, Duration.ZERO, Duration.ZERO, 0, 0);
        static final Impairment CUT = new Impairment(true, Duration.ZERO, Duration.ZERO, 0, 0);

        Impairment and(Impairment other) {
            return new Impairment(cut || other.cut, delay.plus(other.delay), jitter.plus(other.jitter),
                    Math.max(lossPpm, other.lossPpm), Math.max(reorderPpm, other.reorderPpm));
        }
    }

    private record Impaired(List<Link> links, Impairment impairment) {}

    /** An impairment that holds until it is lifted, once. */
    interface Hold {
        void lift();
    }

    /**
     * @param hosts in the order of {@code interfaces}
     * @param seed of what is lost and how long jitter is
     */
    Network(Path program, long seed, List<String> hosts, List<String> interfaces) throws IOException {
        this.hosts = List.copyOf(hosts);
        List<String> command = new ArrayList<>(List.of(program.toString(), Long.toUnsignedString(seed)));
        command.addAll(interfaces);
        process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        rules = process.outputWriter(StandardCharsets.US_ASCII);
        BufferedReader said = process.inputReader(StandardCharsets.US_ASCII);
        if (!"switching".equals(said.readLine())) {
            throw new IllegalStateException("the switch did not start");
        }
    }

    synchronized Hold impair(List<Link> links, Impairment impairment) {
        Impaired added = new Impaired(List.copyOf(links), impairment);
        impaired.add(added);
        tell(links);
        return () -> lift(added);
    }

    private synchronized void lift(Impaired added) {
        // By identity: an equal one may be somebody else's.
        impaired.removeIf(held -> held == added);
        tell(added.links());
    }

    private void tell(List<Link> links) {
        try {
            for (Link link : links) {
                Impairment all = impaired.stream().filter(held -> held.links().contains(link))
                        .map(Impaired::impairment).reduce(Impairment.NONE, Impairment::and);
                rules.write(hosts.indexOf(link.from()) + " " + hosts.indexOf(link.to()) + " " + (all.cut() ? 1 : 0)
                        + " " + micros(all.delay()) + " " + micros(all.jitter()) + " " + all.lossPpm() + " "
                        + all.reorderPpm() + "\n");
            }
            rules.flush();
        } catch (IOException ended) {
            throw new UncheckedIOException("the switch has ended", ended);
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
