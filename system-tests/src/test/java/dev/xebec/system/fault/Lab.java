package dev.xebec.system.fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ground that a cluster's processes stand on: addresses, disks, and what can be done to them. */
interface Lab extends AutoCloseable {
    /** The name, among hosts, of where clients and this driver are. */
    String CLIENTS = "clients";

    /** The address that a process listens on. */
    String address(String process);

    /** A port of that address that nobody uses, another one each time. */
    int freePort(String process);

    /** Words before a command that have it run where the process belongs. */
    List<String> enter(String process);

    /** What the process's environment has besides the driver's. */
    Map<String, String> environment(String process);

    /** The folder of the process's state; all of a small disk where {@link #fillable()}. */
    Path disk(String process);

    /** Whether a full disk is that process's own trouble. */
    boolean fillable();

    /** The wires, where they can be had. */
    Optional<Network> network();

    /** The process's clock and disk, where they can be had. */
    Optional<MachinePage> machine(String process);

    @Override
    void close();
}
