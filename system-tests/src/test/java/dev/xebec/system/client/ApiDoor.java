package dev.xebec.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One client's way to the API: raw HTTPS, nothing retried. After a failure it connects anew, so that a connection that a
 * fault has broken does not stay with it. Used by one thread.
 */
final class ApiDoor implements AutoCloseable {
    /** How long an answer is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int TOO_MANY = 429;

    private final List<Map.Entry<String, URI>> gateways;
    private final SSLContext tls;
    private final Consumer<String> troubles;
    private int at;
    private @Nullable HttpClient connection;

    /**
     * @param gateways by name; the door is at the first until it is told to {@link #moveOn}
     * @param troubles told of each request that had no answer, or one that says to try again
     */
    ApiDoor(List<Map.Entry<String, URI>> gateways, SSLContext tls, Consumer<String> troubles) {
        this.gateways = List.copyOf(gateways);
        this.tls = tls;
        this.troubles = troubles;
    }

    /** An answer with a Status in it, or an object. */
    record Reply(int code, JsonNode body) {
        boolean ok() {
            return code >= 200 && code < 300;
        }

        /** Whether the server says for certain that nothing was done. */
        boolean refused() {
            return code >= 400 && code < 500;
        }

        String reason() {
            return body.path("reason").asText("");
        }
    }

    String gateway() {
        return gateways.get(at).getKey();
    }

    /** Goes to the next gateway. */
    void moveOn() {
        at = (at + 1) % gateways.size();
        close();
    }

    Reply get(String path) throws IOException {
        return send("GET", path, "", null);
    }

    /**
     * Sends a request and waits for the whole answer.
     *
     * @throws IOException when there is no answer: nobody knows what became of the request
     */
    Reply send(String method, String path, String contentType, @Nullable JsonNode body) throws IOException {
        HttpRequest.Builder request = request(path).method(method, body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        HttpResponse<byte[]> response = await(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        try {
            return new Reply(response.statusCode(), Json.parse(response.body()));
        } catch (IllegalArgumentException noJson) {
            throw new IOException("no JSON with status " + response.statusCode(), noJson);
        }
    }

    /** Opens an answer without an end; waits for its head only. */
    HttpResponse<InputStream> open(String path) throws IOException {
        return await(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateways.get(at).getValue().resolve(path)).header("Accept", "application/json");
    }

    private <T> HttpResponse<T> await(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        HttpClient through = connection;
        if (through == null) {
            // A connection of its own for each request that is under way: a broken one takes no other with it.
            through = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE).build();
            connection = through;
        }
        try {
            HttpResponse<T> answer = through.sendAsync(request, handler).get(PATIENCE.toMillis(),
                    TimeUnit.MILLISECONDS);
            if (answer.statusCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR || answer.statusCode() == TOO_MANY) {
                troubles.accept(request.method() + " " + request.uri() + ": " + answer.statusCode());
            }
            return answer;
        } catch (ExecutionException | TimeoutException failed) {
            troubles.accept(request.method() + " " + request.uri() + ": " + failed);
            close();
            throw new IOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    @Override
    public void close() {
        HttpClient old = connection;
        connection = null;
        if (old != null) {
            old.shutdownNow();
        }
    }
}
