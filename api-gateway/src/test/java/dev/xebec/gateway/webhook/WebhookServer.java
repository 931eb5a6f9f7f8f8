package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.xebec.gateway.testing.TestPki;
import dev.xebec.model.object.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A real HTTPS server that answers AdmissionReviews; what it was asked is kept. */
final class WebhookServer implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path ca;
    private final Map<String, Hook> hooks = new ConcurrentHashMap<>();
    private final List<ObjectNode> asked = new CopyOnWriteArrayList<>();
    private final List<String> clients = new CopyOnWriteArrayList<>();

    /** Answers an exchange in any way it likes. */
    interface Hook {
        void answer(HttpExchange exchange, ObjectNode review) throws IOException;
    }

    /** @param dnsName that its certificate is for, besides 127.0.0.1 */
    WebhookServer(Path directory, String dnsName) {
        TestPki pki = new TestPki(directory).issue("hook", "CN=hook", dnsName);
        ca = pki.file("ca.crt");
        try {
            server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context(pki)));
            server.createContext("/", this::handle);
            server.setExecutor(threads);
            server.start();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(TestPki pki) throws GeneralSecurityException, IOException {
        String pem = Files.readString(pki.file("hook.key")).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(pki.file("hook.crt"))));
        KeyStore own = KeyStore.getInstance(KeyStore.getDefaultType());
        own.load(null);
        own.setKeyEntry("hook", KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))), new char[0],
                new Certificate[]{certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void handle(HttpExchange exchange) throws IOException {
        ObjectNode review = Json.parseObject(exchange.getRequestBody().readAllBytes());
        asked.add(review);
        clients.add(exchange.getRemoteAddress().toString());
        hooks.get(exchange.getRequestURI().getPath()).answer(exchange, review);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The authority's certificates as a configuration has them. */
    String caBundle() {
        try {
            return Base64.getEncoder().encodeToString(Files.readAllBytes(ca));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code request} of each review, in order. */
    List<ObjectNode> asked() {
        return asked.stream().map(review -> (ObjectNode) review.path("request")).toList();
    }

    List<ObjectNode> reviews() {
        return asked;
    }

    /** The ends of the connections that questions came by. */
    List<String> clients() {
        return clients;
    }

    void forget() {
        asked.clear();
        clients.clear();
    }

    WebhookServer raw(String path, Hook hook) {
        hooks.put(path, hook);
        return this;
    }

    /** Answers with what {@code response} makes of an allowing response with the right uid. */
    WebhookServer on(String path, UnaryOperator<ObjectNode> response) {
        return raw(path, (exchange, review) -> {
            ObjectNode answer = Json.object().put("kind", "AdmissionReview").put("apiVersion",
                    review.path("apiVersion").asText());
            answer.set("response", response.apply(
                    Json.object().put("uid", review.at("/request/uid").asText()).put("allowed", true)));
            send(exchange, 200, Json.bytes(answer));
        });
    }

    static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** A response with a JSON patch. */
    static ObjectNode patching(ObjectNode response, String patch) {
        return response.put("patchType", "JSONPatch").put("patch", Base64.getEncoder()
                .encodeToString(patch.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
