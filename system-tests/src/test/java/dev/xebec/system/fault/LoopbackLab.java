package dev.xebec.system.fault;

import dev.xebec.server.plan.FreePorts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything on 127.0.0.1: processes can be killed and paused, nothing else. Needs no rights. */
final class LoopbackLab implements Lab {
    private final Path work;
    private final FreePorts ports = new FreePorts();

    LoopbackLab(Path work) {
        this.work = work;
    }

    @Override
    public String address(String process) {
        return "127.0.0.1";
    }

    @Override
    public int freePort(String process) {
        return ports.getAsInt();
    }

    @Override
    public List<String> enter(String process) {
        return List.of();
    }

    @Override
    public Map<String, String> environment(String process) {
        return Map.of();
    }

    @Override
    public Path disk(String process) {
        return work.resolve("disk").resolve(process);
    }

    @Override
    public boolean fillable() {
        return false;
    }

    @Override
    public Optional<Network> network() {
        return Optional.empty();
    }

    @Override
    public Optional<MachinePage> machine(String process) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
