package dev.xebec.node.runtime.process;

import dev.xebec.node.runtime.ContainerSpec.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory and CPU limits by control groups of version 2 or 1, where they can be written; nothing elsewhere. Groups are
 * made beneath the agent's own and have the container's id as name.
 */
final class Cgroups {
    private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    private static final long PERIOD_MICROS = 100_000;
    private static final String PREFIX = "xebec-";

    /** By controller; version 2 has one parent for both. */
    private final Map<String, Path> parents;
    private final boolean unified;

    private Cgroups(Map<String, Path> parents, boolean unified) {
        this.parents = parents;
        this.unified = unified;
    }

    static Cgroups detect() throws IOException {
        Map<String, Path> parents = new TreeMap<>();
        boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            String[] parts = line.split(":", 3);
            for (String controller : List.of("memory", "cpu")) {
                boolean mine = unified ? parts[0].equals("0") : List.of(parts[1].split(",")).contains(controller);
                if (mine) {
                    Path hierarchy = unified ? ROOT : ROOT.resolve(controller);
                    Path own = hierarchy.resolve(parts[2].substring(1));
                    if (controls(own, controller, unified)) {
                        parents.put(controller, own);
                    }
                }
            }
        }
        LOG.info("Control groups: {}", parents.isEmpty() ? "none can be written, limits do not hold" : parents);
        return new Cgroups(parents, unified);
    }

    /** Tries: only making a group tells whether one can be made, and whether it has the controller. */
    private static boolean controls(Path parent, String controller, boolean unified) {
        Path trial = parent.resolve(PREFIX + "trial-" + ProcessHandle.current().pid());
        String knob = controller.equals("memory")
                ? (unified ? "memory.max" : "memory.limit_in_bytes")
                : (unified ? "cpu.max" : "cpu.cfs_quota_us");
        try {
            Files.createDirectory(trial);
            boolean there = Files.isWritable(trial.resolve(knob));
            Files.delete(trial);
            return there;
        } catch (IOException cannot) {
            return false;
        }
    }

    boolean limitsMemory() {
        return parents.containsKey("memory");
    }

    /** Makes a container's groups and returns them; the launcher's child joins them. */
    List<Path> create(String id, Limits limits) {
        List<Path> groups = new ArrayList<>();
        if (limits.memoryBytes() > 0) {
            add(groups, "memory", id, unified ? "memory.max" : "memory.limit_in_bytes",
                    Long.toString(limits.memoryBytes()));
        }
        if (limits.cpuMillis() > 0) {
            long quota = Math.max(1_000, limits.cpuMillis() * PERIOD_MICROS / 1_000);
            add(groups, "cpu", id, unified ? "cpu.max" : "cpu.cfs_quota_us",
                    unified ? quota + " " + PERIOD_MICROS : Long.toString(quota));
        }
        return groups;
    }

    private void add(List<Path> groups, String controller, String id, String knob, String value) {
        Path parent = parents.get(controller);
        if (parent == null) {
            return;
        }
        Path group = parent.resolve(PREFIX + id);
        try {
            Files.createDirectories(group);
            Files.writeString(group.resolve(knob), value);
            if (!groups.contains(group)) {
                groups.add(group);
            }
        } catch (IOException cannot) {
            LOG.warn("{} of {} cannot be limited: {}", controller, id, cannot.toString());
        }
    }

    /** Whether the kernel ended a process of the container because its memory was used up. */
    boolean killedForMemory(String id) {
        Path parent = parents.get("memory");
        if (parent == null) {
            return false;
        }
        Path file = parent.resolve(PREFIX + id).resolve(unified ? "memory.events" : "memory.oom_control");
        try {
            return Files.exists(file) && Files.readAllLines(file).stream()
                    .anyMatch(line -> line.startsWith("oom_kill ") && !line.endsWith(" 0"));
        } catch (IOException gone) {
            return false;
        }
    }

    void remove(String id) {
        for (Path parent : parents.values()) {
            try {
                Files.deleteIfExists(parent.resolve(PREFIX + id));
            } catch (IOException busy) {
                LOG.warn("Control group of {} is still in use: {}", id, busy.toString());
            }
        }
    }
}
