package dev.xebec.server.pki;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Whom the embedded broker lets in: an authority of its own, so that neither an API client's certificate nor a member's opens
 * it. Common names are Kafka's principals.
 *
 * @param authority signs the broker and its clients
 * @param broker the broker's serving certificate
 * @param service the task-events service's
 * @param admin the administrator's, who may do everything
 */
public record KafkaPki(Credential authority, Credential broker, Credential service, Credential admin) {
    public static final String SERVICE = "task-events";
    public static final String ADMIN = "admin";

    /**
     * Opens the certificates in {@code folder}; makes what is missing and renews what is near its end.
     *
     * @param hosts addresses and names besides this machine's own under which the broker is reached
     */
    public static KafkaPki open(Path folder, List<String> hosts, Instant now) {
        CertificateAuthority kafka = new CertificateAuthority(folder, "kafka-ca", now);
        List<GeneralName> names = new ArrayList<>(List.of(new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        names.addAll(ClusterPki.names(hosts));
        return new KafkaPki(kafka.credential(), kafka.issue("kafka-broker", "CN=xebec-kafka", KeyKind.EC, names),
                kafka.issue("kafka-task-events", "CN=" + SERVICE, KeyKind.EC, List.of()),
                kafka.issue("kafka-admin", "CN=" + ADMIN, KeyKind.EC, List.of()));
    }
}
