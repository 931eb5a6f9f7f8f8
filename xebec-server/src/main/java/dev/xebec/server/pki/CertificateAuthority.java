package dev.xebec.server.pki;

import dev.xebec.server.StartupException;
import dev.xebec.server.layout.DataDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority kept in files; its own key is an elliptic curve's. */
final class CertificateAuthority {
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final Duration LEAF_LIFE = Duration.ofDays(365);
    /** A leaf with less than this left is issued anew at the next start. */
    private static final Duration RENEWAL = Duration.ofDays(60);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;
    private final String name;
    private final Instant now;

    CertificateAuthority(Path folder, String name, Instant now) {
        this.folder = folder;
        this.name = name;
        this.now = now;
    }

    /** The authority's own certificate and key, made where missing. */
    Credential credential() {
        Credential files = Credential.named(folder, name);
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            try {
                KeyPair pair = KeyKind.EC.generate(RANDOM);
                X500Name subject = new X500Name("CN=xebec-" + name);
                JcaX509v3CertificateBuilder builder = builder(subject, subject, pair, AUTHORITY_LIFE);
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
                builder.addExtension(Extension.keyUsage, true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
                write(files, sign(builder, pair.getPrivate()), pair.getPrivate());
            } catch (GeneralSecurityException | IOException | OperatorCreationException failure) {
                throw new StartupException("cannot make the certificate authority " + name + ": "
                        + failure.getMessage(), failure);
            }
        }
        return files;
    }

    /**
     * A certificate for a server or client, made anew where it is missing, near its end, for other names or
     * of another kind.
     */
    Credential issue(String file, String subject, KeyKind kind, List<GeneralName> alternativeNames) {
        Credential authority = credential();
        Credential files = Credential.named(folder, file);
        try {
            if (!usable(files, kind, alternativeNames)) {
                KeyPair pair = kind.generate(RANDOM);
                X500Name issuer = new X500Name(
                        read(authority.certificate()).getSubjectX500Principal().getName());
                JcaX509v3CertificateBuilder builder = builder(issuer, new X500Name(subject), pair, LEAF_LIFE);
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(
                        new KeyPurposeId[]{KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
                if (!alternativeNames.isEmpty()) {
                    builder.addExtension(Extension.subjectAlternativeName, false, names(alternativeNames));
                }
                write(files, sign(builder, readKey(authority.key())), pair.getPrivate());
            }
            return files;
        } catch (GeneralSecurityException | IOException | OperatorCreationException failure) {
            throw new StartupException("cannot issue the certificate " + file + ": " + failure.getMessage(), failure);
        }
    }

    private boolean usable(Credential files, KeyKind kind, List<GeneralName> alternativeNames)
            throws GeneralSecurityException, IOException {
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            return false;
        }
        X509Certificate certificate = read(files.certificate());
        return certificate.getNotAfter().toInstant().isAfter(now.plus(RENEWAL))
                && certificate.getPublicKey().getAlgorithm().equals(kind.name())
                && Arrays.equals(certificate.getExtensionValue(Extension.subjectAlternativeName.getId()),
                        alternativeNames.isEmpty() ? null : new DEROctetString(names(alternativeNames)).getEncoded());
    }

    private static GeneralNames names(List<GeneralName> alternativeNames) {
        return new GeneralNames(alternativeNames.toArray(GeneralName[]::new));
    }

    private JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair pair, Duration life) {
        // An hour back, for clocks that differ.
        return new JcaX509v3CertificateBuilder(issuer, new BigInteger(120, RANDOM),
                Date.from(now.minus(Duration.ofHours(1))), Date.from(now.plus(life)), subject, pair.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException, IOException {
        byte[] encoded = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)).getEncoded();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(encoded));
    }

    private static void write(Credential files, X509Certificate certificate, PrivateKey key) throws IOException {
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(certificate);
        }
        String keyPem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        DataDirectory.writePrivate(files.key(), keyPem.getBytes(StandardCharsets.US_ASCII));
        DataDirectory.writePrivate(files.certificate(), pem.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static X509Certificate read(Path file) throws GeneralSecurityException, IOException {
        try (var in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static PrivateKey readKey(Path file) throws GeneralSecurityException, IOException {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
