package dev.xebec.kafka;

import java.nio.file.Path;
import java.util.Set;

/**
 * Who may speak with a broker: holders of certificates of one authority, by the common name in them.
 *
 * @param certificate the broker's own, PEM; its common name is a principal that may do everything
 * @param key of that certificate, PEM of PKCS#8
 * @param authority certificate of the authority that the broker and its clients trust, PEM
 * @param superUsers common names that may do everything
 * @param services common names that may use every topic, group and transactional id, and change nothing else
 */
public record BrokerTls(Path certificate, Path key, Path authority, Set<String> superUsers, Set<String> services) {

    public BrokerTls {
        superUsers = Set.copyOf(superUsers);
        services = Set.copyOf(services);
    }
}
