package dev.xebec.gateway.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority with a server's and clients' certificates, in a directory. */
public final class TestPki {
    private final Path directory;
    private final KeyPair authorityKey;
    private final X509Certificate authority;

    public TestPki(Path directory) {
        this.directory = directory;
        try {
            authorityKey = keyPair();
            authority = certificate("CN=test-ca", authorityKey, true, "localhost");
            write("ca.crt", "CERTIFICATE", authority.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes {@code <file>.crt} and {@code <file>.key}. @param subject such as {@code CN=alice,O=dev} */
    public TestPki issue(String file, String subject) {
        return issue(file, subject, "localhost");
    }

    /** @param dnsName that the certificate is for, besides 127.0.0.1 */
    public TestPki issue(String file, String subject, String dnsName) {
        try {
            KeyPair pair = keyPair();
            write(file + ".crt", "CERTIFICATE", certificate(subject, pair, false, dnsName).getEncoded());
            write(file + ".key", "PRIVATE KEY", pair.getPrivate().getEncoded());
            return this;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public Path file(String name) {
        return directory.resolve(name);
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private X509Certificate certificate(String subject, KeyPair pair, boolean isAuthority, String dnsName)
            throws GeneralSecurityException {
        try {
            Instant now = Instant.now();
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Principal("CN=test-ca"),
                    new BigInteger(64, new java.security.SecureRandom()), Date.from(now.minus(Duration.ofHours(1))),
                    Date.from(now.plus(Duration.ofDays(1))), new X500Principal(subject), pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[]{
                    new GeneralName(GeneralName.dNSName, dnsName),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")}));
            return new JcaX509CertificateConverter().getCertificate(builder
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(authorityKey.getPrivate())));
        } catch (OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(String name, String type, byte[] der) {
        StringWriter pem = new StringWriter();
        pem.write("-----BEGIN " + type + "-----\n");
        pem.write(Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der));
        pem.write("\n-----END " + type + "-----\n");
        try {
            Files.writeString(directory.resolve(name), pem.toString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
