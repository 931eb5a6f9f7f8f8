package dev.xebec.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** One client: one TLS connection, HTTP/2 where the server has it. */
final class Connection {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Kubeconfig config;
    private final HttpClient client;

    Connection(Kubeconfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder().sslContext(config.tls()).version(HttpClient.Version.HTTP_2)
                .connectTimeout(Duration.ofSeconds(10)).build();
    }

    /** @param body null for none; @param contentType ignored without a body */
    HttpResponse<byte[]> send(String method, String path, byte[] body, String contentType)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body, contentType).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return send("GET", path, new byte[0], "");
    }

    /** @param accept media types; empty for whatever the server likes */
    HttpResponse<byte[]> get(String path, String accept) throws IOException, InterruptedException {
        if (accept.isEmpty()) {
            return get(path);
        }
        return client.send(request("GET", path, new byte[0], "").setHeader("Accept", accept).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    /** A body that is read while it comes. */
    HttpResponse<InputStream> stream(String path) throws IOException, InterruptedException {
        return client.send(request("GET", path, new byte[0], "").build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Asks for a body that nobody reads; it goes on as long as this connection is kept. */
    void watch(String path) {
        var unused = client.sendAsync(request("GET", path, new byte[0], "").build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private HttpRequest.Builder request(String method, String path, byte[] body, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(config.server() + path)).method(method,
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
        if (body.length > 0) {
            request.header("Content-Type", contentType);
        }
        if (!config.token().isEmpty()) {
            request.header("Authorization", "Bearer " + config.token());
        }
        return request.header("Accept", "application/json");
    }
}
