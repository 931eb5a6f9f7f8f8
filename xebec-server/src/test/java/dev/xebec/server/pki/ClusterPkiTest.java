package dev.xebec.server.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPkiTest {
    @TempDir
    private Path folder;

    @Test
    void clientsAndServersAreSignedByTheApiAuthority() throws Exception {
        ClusterPki pki = ClusterPki.open(folder, List.of(), Instant.now());
        X509Certificate authority = read(pki.apiAuthority());
        read(pki.server()).verify(authority.getPublicKey());
        X509Certificate admin = read(pki.admin());
        admin.verify(authority.getPublicKey());
        assertThat(admin.getSubjectX500Principal().getName()).contains("CN=kubernetes-admin")
                .contains("O=system:masters");
        assertThat(read(pki.server()).getSubjectAlternativeNames().toString()).contains("127.0.0.1", "localhost",
                "kubernetes.default.svc");
    }

    @Test
    void membersHaveAnAuthorityOfTheirOwn() throws Exception {
        ClusterPki pki = ClusterPki.open(folder, List.of(), Instant.now());
        read(pki.member()).verify(read(pki.busAuthority()).getPublicKey());
        assertThat(read(pki.busAuthority()).getPublicKey()).isNotEqualTo(read(pki.apiAuthority()).getPublicKey());
    }

    @Test
    void serversAndMembersAreKnownByTheHostsThatTheyAreReachedAt() throws Exception {
        ClusterPki pki = ClusterPki.open(folder, List.of("10.213.0.11", "master-1.example", "127.0.0.1"),
                Instant.now());
        assertThat(read(pki.server()).getSubjectAlternativeNames().toString()).containsOnlyOnce("127.0.0.1")
                .contains("[7, 10.213.0.11]", "[2, master-1.example]");
        assertThat(read(pki.member()).getSubjectAlternativeNames().toString()).containsOnlyOnce("127.0.0.1")
                .contains("[7, 10.213.0.11]", "[2, master-1.example]");
    }

    @Test
    void openingAgainChangesNothing() throws Exception {
        X509Certificate before = read(ClusterPki.open(folder, List.of(), Instant.now()).server());
        assertThat(read(ClusterPki.open(folder, List.of(), Instant.now()).server())).isEqualTo(before);
    }

    @Test
    void otherHostsGetAnotherCertificate() throws Exception {
        X509Certificate before = read(ClusterPki.open(folder, List.of("10.213.0.11"), Instant.now()).server());
        X509Certificate after = read(ClusterPki.open(folder, List.of("10.213.0.12"), Instant.now()).server());
        assertThat(after).isNotEqualTo(before);
        assertThat(after.getSubjectAlternativeNames().toString()).contains("10.213.0.12");
    }

    @Test
    void certificatesNearTheirEndAreIssuedAnew() throws Exception {
        ClusterPki before = ClusterPki.open(folder, List.of(), Instant.now());
        X509Certificate admin = read(before.admin());
        X509Certificate authority = read(before.apiAuthority());
        ClusterPki after = ClusterPki.open(folder, List.of(), Instant.now().plus(Duration.ofDays(330)));
        assertThat(read(after.admin())).isNotEqualTo(admin);
        assertThat(read(after.apiAuthority())).isEqualTo(authority);
    }

    @Test
    void theAdministratorsKeyIsOfTheKindThatEveryClientReads() throws Exception {
        ClusterPki pki = ClusterPki.open(folder, List.of(), Instant.now());
        assertThat(read(pki.admin()).getPublicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(read(pki.server()).getPublicKey().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void secretsAreTheUsersAlone() throws Exception {
        ClusterPki pki = ClusterPki.open(folder, List.of(), Instant.now());
        Path kubeconfig = folder.resolve("kubeconfig");
        Kubeconfig.write(kubeconfig, pki, "https://127.0.0.1:6443");
        for (Path file : new Path[]{pki.apiAuthority().key(), pki.admin().key(), pki.member().key(), kubeconfig}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        }
    }

    private static X509Certificate read(Credential credential) throws Exception {
        try (InputStream in = Files.newInputStream(credential.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
