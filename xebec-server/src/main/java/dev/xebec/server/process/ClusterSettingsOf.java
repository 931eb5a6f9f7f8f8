package dev.xebec.server.process;

import dev.xebec.kit.cluster.BusTls;
import dev.xebec.kit.cluster.ClusterSettings;
import dev.xebec.server.plan.ProcessConfig;
import java.nio.file.Path;
import java.util.Optional;

/** A process's place in the cluster, from its configuration. */
final class ClusterSettingsOf {
    private ClusterSettingsOf() {}

    static ClusterSettings config(ProcessConfig config) {
        Path pki = Path.of(config.pki());
        return new ClusterSettings(config.process(), config.host(), config.hazelcastPort(), config.members(),
                config.busPort(), Optional.of(new BusTls(pki.resolve("member.crt"), pki.resolve("member.key"),
                        pki.resolve("bus-ca.crt"))));
    }
}
