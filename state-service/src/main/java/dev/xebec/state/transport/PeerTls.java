package dev.xebec.state.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a replica shows and trusts: whoever the authority has signed is a member, under whatever name and address it is
 * reached. Read when a replica starts.
 *
 * @param certificate the member's own, PEM
 * @param key its private key, PEM, PKCS#8
 * @param authority the members' own CA, PEM
 */
public record PeerTls(Path certificate, Path key, Path authority) {
    private static final char[] NO_PASSWORD = {};

    /** @throws IOException where the files cannot be read or used */
    SSLContext context() throws IOException {
        try {
            Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
            KeyStore own = empty();
            own.setKeyEntry("member", privateKey(chain[0].getPublicKey().getAlgorithm()), NO_PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, NO_PASSWORD);
            KeyStore trusted = empty();
            for (Certificate signer : certificates(authority)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), signer);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the certificates for the state replicas cannot be used (" + certificate + ", " + key
                    + ", " + authority + "): " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<Certificate> certificates(Path file) throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new IOException("there is no certificate in " + file);
            }
            return List.copyOf(found);
        }
    }

    private PrivateKey privateKey(String algorithm) throws GeneralSecurityException, IOException {
        String base64 = Files.readString(key).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
