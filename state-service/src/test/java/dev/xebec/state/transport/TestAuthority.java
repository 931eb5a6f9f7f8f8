package dev.xebec.state.transport;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs members of any name; its certificate and theirs are files of a folder of its own. */
public final class TestAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final KeyPair pair = pair();

    public TestAuthority(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            write("ca.crt", "CERTIFICATE", certificate("CN=authority", pair, true));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a member that this authority has signed shows and trusts. */
    public PeerTls member(String name) {
        return member(name, this);
    }

    /** What a member shows that this authority has signed, and whom it trusts. */
    PeerTls member(String name, TestAuthority trusted) {
        try {
            KeyPair own = pair();
            return new PeerTls(write(name + ".crt", "CERTIFICATE", certificate("CN=" + name, own, false)),
                    write(name + ".key", "PRIVATE KEY", own.getPrivate().getEncoded()),
                    trusted.folder.resolve("ca.crt"));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] certificate(String subject, KeyPair own, boolean authority)
            throws GeneralSecurityException, CertIOException {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(new X500Principal("CN=authority"),
                new BigInteger(64, RANDOM), Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))), new X500Principal(subject), own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        try {
            return new JcaX509CertificateConverter().getCertificate(
                    builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path write(String file, String kind, byte[] content) throws IOException {
        return Files.writeString(folder.resolve(file), "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n");
    }
}
