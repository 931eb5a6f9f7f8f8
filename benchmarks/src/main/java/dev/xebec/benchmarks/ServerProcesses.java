package dev.xebec.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** CPU time and memory of the processes under load, from {@code /proc}. */
final class ServerProcesses {
    /** Clock ticks a second that Linux reports CPU time in. */
    private static final long TICKS_PER_SECOND = 100;

    private final List<Long> pids;
    private final long ticksBefore;

    /** Takes the CPU time used up to now as the zero. */
    ServerProcesses(List<Long> pids) throws IOException {
        this.pids = pids;
        this.ticksBefore = ticks();
    }

    /** {@code CPU 1.234 ms/op, RSS 210 + 190 MiB}, or nothing when no pids were given. */
    String figures(long operations) throws IOException {
        if (pids.isEmpty()) {
            return "";
        }
        double millis = (ticks() - ticksBefore) * 1000.0 / TICKS_PER_SECOND;
        StringBuilder memory = new StringBuilder();
        for (long pid : pids) {
            memory.append(memory.isEmpty() ? "" : " + ").append(residentMiB(pid));
        }
        return String.format(Locale.ROOT, "; server CPU %.3f ms/op (%.0f ms), RSS %s MiB", millis / operations, millis,
                memory);
    }

    private long ticks() throws IOException {
        long sum = 0;
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            sum += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return sum;
    }

    private static long residentMiB(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }
}
