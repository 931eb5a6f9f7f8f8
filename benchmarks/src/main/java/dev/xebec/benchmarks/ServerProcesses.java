package dev.xebec.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** CPU time and memory of the processes under load, from {@code /proc}. */
final class ServerProcesses {
    /** Clock ticks a second that Linux reports CPU time in. */
    private static final long TICKS_PER_SECOND = 100;

    private final List<Long> pids;
    private final List<Long> ticksBefore;

    /** Takes the CPU time used up to now as the zero. */
    ServerProcesses(List<Long> pids) throws IOException {
        this.pids = pids;
        this.ticksBefore = ticks(pids);
    }

    /** {@code CPU 1.234 ms/op = 0.8 + 0.434, RSS 210 + 190 MiB}, a figure for each pid; nothing when no pids were given. */
    String figures(long operations) throws IOException {
        if (pids.isEmpty()) {
            return "";
        }
        List<Long> ticksNow = ticks(pids);
        List<Double> own = new ArrayList<>();
        for (int index = 0; index < pids.size(); index++) {
            own.add((ticksNow.get(index) - ticksBefore.get(index)) * 1000.0 / TICKS_PER_SECOND);
        }
        double millis = own.stream().mapToDouble(Double::doubleValue).sum();
        List<String> each = new ArrayList<>();
        List<String> memory = new ArrayList<>();
        for (int index = 0; index < pids.size(); index++) {
            memory.add(Long.toString(residentMiB(pids.get(index))));
            each.add(String.format(Locale.ROOT, "%.3f", own.get(index) / operations));
        }
        return String.format(Locale.ROOT, "; server CPU %.3f ms/op (%.0f ms) = %s, RSS %s MiB", millis / operations,
                millis, String.join(" + ", each), String.join(" + ", memory));
    }

    private static List<Long> ticks(List<Long> pids) throws IOException {
        List<Long> ticks = new ArrayList<>();
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks.add(Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
        }
        return ticks;
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
