package dev.xebec.server.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.gateway.backup.BackupPath;
import dev.xebec.model.object.Json;
import dev.xebec.model.yaml.YamlDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads from gateways as the administrator that {@code ./xebec up} wrote a kubeconfig for. Thread-safe. */
public final class AdminConnection implements AutoCloseable {
    /** How long a connection is waited for unless told: a loaded machine takes seconds for its TLS handshakes. */
    public static final Duration CONNECT = Duration.ofSeconds(20);
    /** A digest reads the whole store. */
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final char[] NO_PASSWORD = {};
    private static final int HUNDRED = 100;

    private final HttpClient client;
    private final Duration connect;
    private final URI server;

    /** The cluster answered, and it was a refusal; the message is the answer's. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;
        private final int code;

        RefusedException(String path, int code, String message) {
            super(message.isBlank() ? path + " was answered with " + code : message);
            this.code = code;
        }

        /** The HTTP status code. */
        public int code() {
            return code;
        }
    }

    /** @throws IOException when the kubeconfig is not one of ours */
    public AdminConnection(byte[] kubeconfig) throws IOException {
        this(kubeconfig, CONNECT);
    }

    /**
     * @param connect how long a connection is waited for
     * @throws IOException when the kubeconfig is not one of ours
     */
    public AdminConnection(byte[] kubeconfig, Duration connect) throws IOException {
        this.connect = connect;
        try {
            JsonNode tree = YamlDecoder.decode(kubeconfig);
            JsonNode user = tree.path("users").path(0).path("user");
            server = URI.create(tree.path("clusters").path(0).path("cluster").path("server").asText());
            if (server.getHost() == null) {
                throw new IllegalArgumentException("it names no server");
            }
            client = HttpClient.newBuilder().connectTimeout(connect).sslContext(
                    context(pem(tree.path("clusters").path(0).path("cluster").path("certificate-authority-data")),
                            pem(user.path("client-certificate-data")), pem(user.path("client-key-data"))))
                    .build();
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IOException("the kubeconfig cannot be used: "
                    + String.valueOf(malformed.getMessage()).replaceAll("\\s+", " "), malformed);
        }
    }

    /** The API that the kubeconfig names. */
    public URI server() {
        return server;
    }

    /**
     * What a gateway answers.
     *
     * @throws IOException when it does not answer, or refuses
     */
    public JsonNode get(URI gateway, String path) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(gateway.resolve(path)), path);
    }

    /**
     * Asks the server that the kubeconfig names.
     *
     * @throws RefusedException when it refuses
     * @throws IOException when it does not answer
     */
    public JsonNode send(String method, String path, byte[] body) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(server.resolve(path)).header("Content-Type", "application/octet-stream")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body)), path);
    }

    private JsonNode ask(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        HttpRequest whole = request.timeout(ANSWER).header("Accept", "application/json").build();
        HttpResponse<byte[]> response = exchange(whole, HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body;
        try {
            body = Json.parse(response.body());
        } catch (IllegalArgumentException foreign) {
            throw new IOException(whole.uri().getAuthority() + " answers " + path + " with " + response.statusCode()
                    + " and no JSON: is it Xebec?", foreign);
        }
        if (response.statusCode() / HUNDRED != 2) {
            throw new RefusedException(path, response.statusCode(), body.path("message").asText(""));
        }
        return body;
    }

    /** Says where no answer came from, and why. */
    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        String whom = request.uri().getAuthority();
        try {
            return client.send(request, handler);
        } catch (HttpConnectTimeoutException slow) {
            throw new IOException("no connection to " + whom + " within " + connect.toSeconds() + " s", slow);
        } catch (HttpTimeoutException slow) {
            throw new IOException("no answer of " + whom + " within " + ANSWER.toSeconds() + " s", slow);
        } catch (ConnectException refused) {
            throw new IOException("no connection to " + whom + ": "
                    + (refused.getMessage() == null ? "nobody listens there" : refused.getMessage()), refused);
        } catch (IOException broken) {
            throw new IOException("no answer of " + whom + ": " + broken.getMessage(), broken);
        }
    }

    /** Everything that is stored, as it comes: see {@link BackupPath}. */
    public InputStream backup() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = exchange(
                HttpRequest.newBuilder(server.resolve(BackupPath.PATH)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw new RefusedException(BackupPath.PATH, response.statusCode(),
                        Json.parse(body.readAllBytes()).path("message").asText(""));
            }
        }
        return response.body();
    }

    private static byte[] pem(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }

    private static SSLContext context(byte[] authority, byte[] certificate, byte[] key)
            throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, NO_PASSWORD);
        trusted.setCertificateEntry("ca", certificate(authority));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        Certificate mine = certificate(certificate);
        KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null, NO_PASSWORD);
        own.setKeyEntry("admin", KeyFactory.getInstance(mine.getPublicKey().getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(content(key))), NO_PASSWORD, new Certificate[]{mine});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, NO_PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    private static byte[] content(byte[] pem) {
        String text = new String(pem, StandardCharsets.US_ASCII);
        return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", "").strip());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
