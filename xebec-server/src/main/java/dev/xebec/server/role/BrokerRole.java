package dev.xebec.server.role;

import dev.xebec.kit.config.Settings;
import dev.xebec.server.pki.KafkaPki;
import java.nio.file.Path;
import java.util.Map;

/**
 * The embedded Kafka broker as a process of its own.
 *
 * @param host where it listens, and the name under which clients know it
 */
public record BrokerRole(String host, int port, int controllerPort, Path data, Path pki) {
    private static final int PORT = 9092;
    private static final int CONTROLLER_PORT = 9093;
    private static final int MAX_PORT = 65_535;

    public static BrokerRole read(Settings settings, RoleSettings.Machine machine) {
        String host = settings.string(RoleSetting.HOST.key(), machine.hostName());
        BrokerRole role = new BrokerRole(host.equals("auto") ? machine.address() : host,
                settings.integer(RoleSetting.KAFKA_PORT.key(), PORT, 1, MAX_PORT),
                settings.integer(RoleSetting.CONTROLLER_PORT.key(), CONTROLLER_PORT, 1, MAX_PORT),
                settings.path(RoleSetting.DATA.key(), Path.of("/var/lib/xebec")),
                settings.path(RoleSetting.PKI.key(), Path.of("/etc/xebec/pki")));
        settings.refuseUnknown();
        return role;
    }

    /** What the broker's own code is told. */
    public Map<String, String> arguments() {
        return Map.of("folder", data.resolve("kafka").toString(), "host", host, "port", Integer.toString(port),
                "controllerPort", Integer.toString(controllerPort), "certificate",
                pki.resolve("kafka-broker.crt").toString(), "key", pki.resolve("kafka-broker.key").toString(),
                "authority", pki.resolve("kafka-ca.crt").toString(), "superUsers", KafkaPki.ADMIN, "services",
                KafkaPki.SERVICE);
    }
}
