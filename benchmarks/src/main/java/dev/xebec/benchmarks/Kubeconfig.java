package dev.xebec.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The current context of a kubeconfig file: where the API is and how to prove who asks. */
record Kubeconfig(String server, SSLContext tls, String token) {

    static Kubeconfig read(Path file) throws IOException, GeneralSecurityException {
        JsonNode root = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
        JsonNode context = named(root.path("contexts"), root.path("current-context").asText()).path("context");
        JsonNode cluster = named(root.path("clusters"), context.path("cluster").asText()).path("cluster");
        JsonNode user = named(root.path("users"), context.path("user").asText()).path("user");
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null, null);
        trust.setCertificateEntry("ca", certificate(material(cluster, "certificate-authority", file)));
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(trust);
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        if (user.has("client-certificate-data") || user.has("client-certificate")) {
            keys.setKeyEntry("client", key(material(user, "client-key", file)), new char[0],
                    new Certificate[]{certificate(material(user, "client-certificate", file))});
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return new Kubeconfig(cluster.path("server").asText(), tls, user.path("token").asText(""));
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode one : list) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException("the kubeconfig has no entry named " + name);
    }

    private static byte[] material(JsonNode node, String name, Path kubeconfig) throws IOException {
        if (node.has(name + "-data")) {
            return Base64.getDecoder().decode(node.path(name + "-data").asText());
        }
        return Files.readAllBytes(kubeconfig.resolveSibling(node.path(name).asText()));
    }

    private static Certificate certificate(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static PrivateKey key(byte[] pem) throws GeneralSecurityException {
        String text = new String(pem, StandardCharsets.US_ASCII);
        if (!text.contains("BEGIN PRIVATE KEY")) {
            throw new IllegalArgumentException("the client key has to be PKCS#8 (openssl pkcs8 -topk8 -nodes)");
        }
        byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        for (String algorithm : new String[]{"EC", "RSA"}) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException another) {
                // The next algorithm may know it.
            }
        }
        throw new IllegalArgumentException("the client key is neither EC nor RSA");
    }
}
