package dev.xebec.system.fault;

import java.util.List;

/**
 * How a run is kept apart from the machine that it runs on: in namespaces of its own where that is allowed, in which
 * nothing leads outside and which end with the run, whatever ends it; otherwise on loopback.
 *
 * @param prefix words before the command of the run; empty on loopback
 */
record Isolation(List<String> prefix) {
    private static final List<String> NAMESPACES = List.of("unshare", "--net", "--mount", "--pid", "--fork",
            "--kill-child", "--mount-proc");
    /** As root of a user namespace: for users who may make one. */
    private static final List<String> AS_USER = Command.join(List.of("unshare", "--user", "--map-root-user"),
            NAMESPACES.subList(1, NAMESPACES.size()));
    /** What a laboratory does first, for a try. */
    private static final List<String> TRY = List.of("sh", "-ec", "ip link add try0 type veth peer name try1 && "
            + "mkdir -p /run/netns && mount -t tmpfs none /run/netns && ip netns add try");

    /** The best that this machine and user have. */
    static Isolation best() {
        if (Command.works(List.of("cc", "--version"))) {
            for (List<String> prefix : List.of(NAMESPACES, AS_USER)) {
                if (Command.works(Command.join(prefix, TRY))) {
                    return new Isolation(prefix);
                }
            }
        }
        return new Isolation(List.of());
    }

    boolean namespaces() {
        return !prefix.isEmpty();
    }
}
