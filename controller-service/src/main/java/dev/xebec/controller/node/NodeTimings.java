package dev.xebec.controller.node;

import java.time.Duration;

/**
 * How long nodes may be silent.
 *
 * @param grace without a heartbeat until a node counts as lost
 * @param startupGrace the same for a node that was never heard of
 * @param defaultToleration how long pods that say nothing of it stay on a lost node
 *
 * <p>Source: kube-controller-manager {@code --node-monitor-grace-period}, {@code --node-startup-grace-period};
 * kube-apiserver {@code --default-unreachable-toleration-seconds}.
 */
public record NodeTimings(Duration grace, Duration startupGrace, Duration defaultToleration) {
    public static final NodeTimings STANDARD = new NodeTimings(Duration.ofSeconds(40), Duration.ofSeconds(60),
            Duration.ofSeconds(300));
}
