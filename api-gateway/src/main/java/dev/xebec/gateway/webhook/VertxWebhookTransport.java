package dev.xebec.gateway.webhook;

import dev.xebec.contracts.Bytes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reaches webhooks by HTTP/1.1 over TLS, over connections that are kept. The certificate is checked against the webhook's
 * bundle and for the webhook's name, whatever address it is found at. One client per bundle; the bundle that was used
 * longest ago goes when there are too many.
 */
public final class VertxWebhookTransport implements WebhookTransport {
    /** Bytes of an answer; what is longer is refused. */
    static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;
    private static final int MAX_CLIENTS = 128;
    private static final int CONNECTIONS_PER_HOST = 64;
    private static final int IDLE_SECONDS = 90;
    private static final String DEADLINE = "context deadline exceeded";

    private final Vertx vertx;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Bytes, HttpClientAgent> clients = new LinkedHashMap<>(16, 0.75f, true);

    public VertxWebhookTransport(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Answer post(Destination destination, Bytes body, Duration patience) throws UnreachableException {
        Exchange exchange = new Exchange();
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setSsl(true)
                .setHost(destination.host()).setPort(destination.port()).setURI(destination.uri())
                .setServer(SocketAddress.inetSocketAddress(destination.addressPort(), destination.address()))
                .setFollowRedirects(false).setConnectTimeout(Math.max(1, patience.toMillis()))
                .putHeader("Content-Type", "application/json").putHeader("Accept", "application/json, */*")
                .putHeader("User-Agent", "kube-apiserver-admission");
        client(destination.caBundle()).request(options).onComplete(opened -> {
            if (opened.succeeded()) {
                exchange.send(opened.result(), body);
            } else {
                exchange.fail(opened.cause());
            }
        });
        return exchange.await(patience, destination);
    }

    private HttpClientAgent client(Bytes caBundle) {
        lock.lock();
        try {
            HttpClientAgent known = clients.get(caBundle);
            if (known != null) {
                return known;
            }
            HttpClientAgent made = vertx.createHttpClient(options(caBundle),
                    new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST));
            clients.put(caBundle, made);
            if (clients.size() > MAX_CLIENTS) {
                Map.Entry<Bytes, HttpClientAgent> eldest = clients.entrySet().iterator().next();
                clients.remove(eldest.getKey());
                eldest.getValue().close();
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private static HttpClientOptions options(Bytes caBundle) {
        HttpClientOptions options = new HttpClientOptions().setSsl(true).setVerifyHost(true).setForceSni(true)
                .setKeepAlive(true).setKeepAliveTimeout(IDLE_SECONDS).setMaxRedirects(0)
                .setDecompressionSupported(false);
        if (!caBundle.isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(caBundle.array())));
        }
        return options;
    }

    /** One question under way; its events come on an event loop. */
    private static final class Exchange {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile @Nullable HttpClientRequest request;
        private volatile boolean over;

        void send(HttpClientRequest opened, Bytes body) {
            request = opened;
            if (over) {
                opened.reset();
                return;
            }
            opened.exceptionHandler(this::fail);
            opened.response().onComplete(got -> {
                if (got.succeeded()) {
                    read(got.result());
                } else {
                    fail(got.cause());
                }
            });
            opened.end(Buffer.buffer(body.array()));
        }

        private void read(HttpClientResponse response) {
            Buffer all = Buffer.buffer();
            response.exceptionHandler(this::fail);
            response.handler(chunk -> {
                if (all.length() + chunk.length() > MAX_ANSWER_BYTES) {
                    answer.completeExceptionally(new UnreachableException(
                            "the answer has more than " + MAX_ANSWER_BYTES + " bytes"));
                    cancel();
                } else {
                    all.appendBuffer(chunk);
                }
            });
            response.endHandler(end -> answer
                    .complete(new Answer(response.statusCode(), Bytes.of(all.getBytes()))));
        }

        void fail(Throwable cause) {
            answer.completeExceptionally(cause);
        }

        Answer await(Duration patience, Destination destination) throws UnreachableException {
            try {
                return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                cancel();
                throw new UnreachableException(DEADLINE);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                cancel();
                throw new UnreachableException("context canceled");
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof UnreachableException known) {
                    throw known;
                }
                throw new UnreachableException(ConnectionFault.words(failed.getCause(), destination));
            }
        }

        private void cancel() {
            over = true;
            HttpClientRequest started = request;
            if (started != null) {
                started.reset();
            }
        }
    }

    /** Closes all connections. */
    public void close() {
        lock.lock();
        try {
            clients.values().forEach(HttpClientAgent::close);
            clients.clear();
        } finally {
            lock.unlock();
        }
    }
}
