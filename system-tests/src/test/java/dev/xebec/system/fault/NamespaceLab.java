package dev.xebec.system.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace, a small disk and a machine page for each process. The driver has to be in namespaces of its own
 * ({@link Isolation}): all that is made here belongs to them and ends with them, so no name can collide and nothing is
 * left behind, also when the driver is killed.
 */
final class NamespaceLab implements Lab {
    /** Enough for a few minutes of writes with logs and snapshots; small enough to be filled at once. */
    private static final String DISK_SIZE = "256m";
    private static final int FIRST_PORT = 20_000;

    private final List<String> hosts = new ArrayList<>();
    private final Map<String, Path> disks = new HashMap<>();
    private final Map<String, MachinePage> machines = new HashMap<>();
    private final Map<String, Map<String, String>> environments = new HashMap<>();
    private final AtomicInteger ports = new AtomicInteger(FIRST_PORT);
    private final Network network;

    /** @param processes at most fourteen */
    NamespaceLab(Path work, List<String> processes, long seed) throws IOException {
        NativeTools tools = NativeTools.compile(work.resolve("tools"));
        hosts.add(CLIENTS);
        hosts.addAll(processes);
        Command.run("ip", "link", "set", "lo", "up");
        Files.createDirectories(Path.of("/run/netns"));
        Command.run("mount", "-t", "tmpfs", "none", "/run/netns");
        List<String> interfaces = new ArrayList<>();
        for (String host : hosts) {
            interfaces.add(plugIn(host));
        }
        network = new Network(tools.networkSwitch(), seed, hosts, interfaces);
        Path disk = Files.createDirectories(work.resolve("disk"));
        Path pages = Files.createDirectories(work.resolve("pages"));
        for (String process : processes) {
            Path mounted = Files.createDirectories(disk.resolve(process));
            Command.run("mount", "-t", "tmpfs", "-o", "size=" + DISK_SIZE, "none", mounted.toString());
            disks.put(process, mounted);
            MachinePage page = new MachinePage(pages.resolve(process));
            machines.put(process, page);
            environments.put(process,
                    Map.of("LD_PRELOAD", tools.machine().toString(), "XEBEC_FAULT_PAGE", page.file().toString()));
        }
    }

    /** Gives a host its address and returns the other end of its wire. */
    private String plugIn(String host) {
        int place = hosts.indexOf(host);
        String inside = "net" + place;
        String outside = "port" + place;
        Command.run("ip", "link", "add", outside, "type", "veth", "peer", "name", inside);
        Command.run("ip", "link", "set", inside, "address", "02:00:00:00:00:%02x".formatted(place));
        Command.run("ip", "link", "set", outside, "up");
        if (!host.equals(CLIENTS)) {
            Command.run("ip", "netns", "add", host);
            Command.run("ip", "link", "set", inside, "netns", host);
            Command.run(Command.join(enter(host), List.of("ip", "link", "set", "lo", "up")));
        }
        Command.run(Command.join(enter(host),
                List.of("ip", "address", "add", address(host) + "/24", "dev", inside)));
        Command.run(Command.join(enter(host), List.of("ip", "link", "set", inside, "up")));
        return outside;
    }

    @Override
    public String address(String process) {
        return "10.213.0." + (10 + hosts.indexOf(process));
    }

    @Override
    public int freePort(String process) {
        return ports.getAndIncrement();
    }

    @Override
    public List<String> enter(String process) {
        return process.equals(CLIENTS) ? List.of() : List.of("ip", "netns", "exec", process);
    }

    @Override
    public Map<String, String> environment(String process) {
        return environments.getOrDefault(process, Map.of());
    }

    @Override
    public Path disk(String process) {
        return Optional.ofNullable(disks.get(process)).orElseThrow();
    }

    @Override
    public boolean fillable() {
        return true;
    }

    @Override
    public Optional<Network> network() {
        return Optional.of(network);
    }

    @Override
    public Optional<MachinePage> machine(String process) {
        return Optional.ofNullable(machines.get(process));
    }

    @Override
    public void close() {
        network.close();
        disks.values().forEach(disk -> Command.run("umount", "-l", disk.toString()));
    }
}
