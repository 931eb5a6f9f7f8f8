package dev.xebec.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The name in a certificate that Kafka's principals are called by here. */
final class CommonName {
    private CommonName() {}

    static String of(Path certificate) {
        try (InputStream in = Files.newInputStream(certificate)) {
            X509Certificate found = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return new LdapName(found.getSubjectX500Principal().getName()).getRdns().stream()
                    .filter(part -> part.getType().equalsIgnoreCase("CN")).map(Rdn::getValue).map(Object::toString)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(certificate + " has no common name"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + certificate, unreadable);
        } catch (CertificateException | InvalidNameException malformed) {
            throw new IllegalArgumentException(certificate + " is not a certificate: " + malformed.getMessage(),
                    malformed);
        }
    }
}
