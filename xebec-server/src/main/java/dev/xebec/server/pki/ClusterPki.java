package dev.xebec.server.pki;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Who trusts whom: one authority for the API (servers and clients), and one of its own for the members' bus, so that an
 * API client's certificate opens no door between members. Source: CIS Kubernetes Benchmark, group 2.
 *
 * @param apiAuthority signs API servers and API clients
 * @param server the gateways' serving certificate
 * @param admin client certificate of {@code kubernetes-admin} in {@code system:masters}
 * @param busAuthority signs members
 * @param member a member's certificate on the bus
 */
public record ClusterPki(Credential apiAuthority, Credential server, Credential admin, Credential busAuthority,
        Credential member) {

    /**
     * Opens the certificates in {@code folder}; makes what is missing and renews what is near its end.
     *
     * @param hosts addresses and names besides this machine's own under which gateways and members are reached
     */
    public static ClusterPki open(Path folder, List<String> hosts, Instant now) {
        CertificateAuthority api = new CertificateAuthority(folder, "ca", now);
        CertificateAuthority bus = new CertificateAuthority(folder, "bus-ca", now);
        List<GeneralName> server = new ArrayList<>(List.of(dns("localhost"), dns("kubernetes"),
                dns("kubernetes.default"), dns("kubernetes.default.svc"), dns("kubernetes.default.svc.cluster.local"),
                ip("127.0.0.1")));
        List<GeneralName> member = new ArrayList<>(List.of(dns("localhost"), ip("127.0.0.1")));
        List<GeneralName> told = names(hosts);
        server.addAll(told);
        member.addAll(told);
        return new ClusterPki(api.credential(), api.issue("apiserver", "CN=kube-apiserver", KeyKind.EC, server),
                api.issue("admin", "O=system:masters,CN=kubernetes-admin", KeyKind.RSA, List.of()), bus.credential(),
                bus.issue("member", "CN=xebec-member", KeyKind.EC, member));
    }

    /** Those besides this machine's own, as a certificate has them. */
    static List<GeneralName> names(List<String> hosts) {
        return hosts.stream().distinct().filter(host -> !host.equals("127.0.0.1") && !host.equals("localhost"))
                .map(host -> host.matches("[0-9.]+|.*:.*") ? ip(host) : dns(host)).toList();
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName ip(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }
}
