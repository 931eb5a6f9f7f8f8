package dev.xebec.gateway.http;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.status.Status;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one answer to one request. Lives on its connection's event loop; the first answer wins, others are dropped. */
final class Reply {
    private static final Answer.Body NO_PAGE = Answer.text(404, "404 page not found\n")
            .header("X-Content-Type-Options", "nosniff");
    /** Bodies above it are compressed for clients that want it. Source: apiserver {@code responsewriters/writers.go}. */
    static final int GZIP_ABOVE_BYTES = 128 * 1024;
    /** Bytes handed to the socket in one go. */
    private static final int WRITE_BYTES = 128 * 1024;
    private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache, private");
    private static final CharSequence AUDIT_ID = HttpHeaders.createOptimized("Audit-Id");
    private static final String SOCKET_PROTOCOL = "Sec-WebSocket-Protocol";

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String auditId;
    private final long startNanos;
    private final RequestLog log;
    private final OpenConnections connections;
    private @Nullable Call call;
    private @Nullable HttpWire wire;
    private boolean answered;
    private Runnable onAnswered = () -> {
    };
    private long timer = -1;

    Reply(HttpServerRequest request, String auditId, long startNanos, RequestLog log, OpenConnections connections) {
        this.connections = connections;
        this.vertx = Vertx.currentContext().owner();
        this.request = request;
        this.response = request.response();
        this.auditId = auditId;
        this.startNanos = startNanos;
        this.log = log;
        response.exceptionHandler(gone -> over());
        response.closeHandler(gone -> over());
    }

    /** Runs when it is answered, or nobody waits for the answer any more; instead of what was to run before. */
    void onAnswered(Runnable task) {
        onAnswered = task;
    }

    private void over() {
        if (answered) {
            return;
        }
        answered = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        onAnswered.run();
    }

    String auditId() {
        return auditId;
    }

    boolean answered() {
        return answered;
    }

    void call(Call understood) {
        call = understood;
    }

    /** A body that its handler reads. */
    void holds(HttpWire held) {
        wire = held;
    }

    /** Whatever is not read yet of a held body is not needed any more; the connection goes on with the next request. */
    private void letBodyGo() {
        if (wire != null) {
            wire.discard();
        }
    }

    /** Answers 504 by itself when nothing else did in time. A limit that is set already stays. */
    void limit(long millis) {
        if (timer >= 0) {
            return;
        }
        timer = vertx.setTimer(millis, late -> refuse(Status.timeout(
                "request did not complete within the allotted timeout", 1)));
    }

    void refuse(Status status) {
        send(Answer.refused(status));
    }

    void send(Answer answer) {
        if (answered) {
            drop(answer);
            return;
        }
        over();
        if (response.closed()) {
            drop(answer);
            return;
        }
        switch (answer) {
            case Answer.Body body -> {
                letBodyGo();
                whole(knownToClient(body) ? notModified(body) : body);
            }
            case Answer.Refused refused -> {
                letBodyGo();
                String accept = request.headers().get(HttpHeaders.ACCEPT);
                Answer.Body body = refused.status().isNoPage()
                        ? NO_PAGE
                        : Encoder.status(OutputForm.ofStatus(accept == null ? "" : accept),
                                refused.status().code(), refused.status().toTree());
                int retry = refused.status().retryAfterSeconds();
                Answer.Body told = refused.warning().isEmpty() ? body : body.header("Warning", refused.warning());
                whole(retry > 0 ? told.header("Retry-After", Integer.toString(retry)) : told);
            }
            case Answer.Streamed streamed -> stream(streamed);
            case Answer.Relayed relayed -> relay(relayed);
            case Answer.WebSocket socket -> upgrade(socket);
            case Answer.Upgraded upgraded -> upgrade(upgraded);
        }
    }

    private void drop(Answer answer) {
        letBodyGo();
        switch (answer) {
            case Answer.Streamed streamed -> streamed.source().dropped();
            case Answer.Relayed relayed -> relayed.source().dropped();
            case Answer.Upgraded upgraded -> upgraded.session().dropped();
            case Answer.Body body -> {
            }
            case Answer.Refused refused -> {
            }
            case Answer.WebSocket socket -> {
            }
        }
    }

    /** Whether the client has what would be sent, by the tag that it shows in If-None-Match. */
    private boolean knownToClient(Answer.Body body) {
        String tag = body.headers().get("ETag");
        String shown = request.headers().get(HttpHeaders.IF_NONE_MATCH);
        return tag != null && shown != null && body.code() == 200 && shown.contains(tag);
    }

    private static Answer.Body notModified(Answer.Body body) {
        return new Answer.Body(304, body.contentType(), body.headers(), List.of(Bytes.EMPTY));
    }

    private void head(int code, String contentType) {
        connections.answering(request);
        response.setStatusCode(code);
        response.putHeader(AUDIT_ID, auditId).putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        if (!contentType.isEmpty()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        }
        counted(code);
    }

    /** Each warning is a header of its own; within a quoted text, a quote is never without its backslash. */
    private static List<String> lines(Map.Entry<String, String> header) {
        return header.getKey().equals("Warning")
                ? List.of(header.getValue().replace("\", 299 - \"", "\"\n299 - \"").split("\n"))
                : List.of(header.getValue());
    }

    private void counted(int code) {
        Call understood = call;
        if (understood != null) {
            log.answered(understood, code, System.nanoTime() - startNanos);
        }
    }

    private void whole(Answer.Body body) {
        head(body.code(), body.contentType());
        for (Map.Entry<String, String> header : body.headers().entrySet()) {
            response.putHeader(header.getKey(), lines(header));
        }
        long size = body.size();
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(size)).end();
            return;
        }
        boolean zip = size > GZIP_ABOVE_BYTES && wantsGzip()
                && !response.headers().contains(HttpHeaders.CONTENT_ENCODING);
        if (zip) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").putHeader(HttpHeaders.VARY, "Accept-Encoding");
            response.setChunked(true);
            HttpStream stream = new HttpStream(response, Vertx.currentContext());
            Thread.ofVirtual().name("gzip").start(() -> GzipBody.write(body.chunks(), stream));
        } else if (body.chunks().size() == 1 && size <= WRITE_BYTES) {
            response.end(Buffer.buffer(body.chunks().get(0).array()));
        } else {
            pieces(body.chunks(), size);
        }
    }

    private boolean wantsGzip() {
        String accepted = request.headers().get(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip");
    }

    /** A large body goes out as the client takes it. */
    private void pieces(List<Bytes> chunks, long size) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(size));
        Iterator<Bytes> rest = chunks.iterator();
        new Pump(rest).run();
    }

    /** Gathers small chunks into writes of a fair size, and cuts large ones. */
    private final class Pump implements Runnable {
        private final Iterator<Bytes> rest;
        private Bytes current = Bytes.EMPTY;
        private int at;

        Pump(Iterator<Bytes> rest) {
            this.rest = rest;
        }

        @Override
        public void run() {
            while (!response.closed()) {
                Buffer buffer = next();
                if (buffer.length() == 0) {
                    response.end();
                    return;
                }
                response.write(buffer);
                if (response.writeQueueFull()) {
                    response.drainHandler(ready -> run());
                    return;
                }
            }
        }

        private Buffer next() {
            Buffer buffer = Buffer.buffer(WRITE_BYTES);
            while (buffer.length() < WRITE_BYTES && (at < current.size() || rest.hasNext())) {
                if (at == current.size()) {
                    current = rest.next();
                    at = 0;
                }
                int length = Math.min(WRITE_BYTES - buffer.length(), current.size() - at);
                buffer.appendBytes(current.backing(), current.start() + at, length);
                at += length;
            }
            return buffer;
        }
    }

    private void stream(Answer.Streamed streamed) {
        letBodyGo();
        head(200, streamed.contentType());
        if (!streamed.warning().isEmpty()) {
            response.putHeader("Warning", lines(Map.entry("Warning", streamed.warning())));
        }
        response.setChunked(true);
        HttpStream stream = new HttpStream(response, Vertx.currentContext());
        response.writeHead();
        Thread.ofVirtual().name("stream").start(() -> streamed.source().run(stream));
    }

    private void relay(Answer.Relayed relayed) {
        response.setStatusCode(relayed.code());
        counted(relayed.code());
        response.putHeader(AUDIT_ID, auditId).putHeader(HttpHeaders.CACHE_CONTROL, NO_CACHE);
        relayed.headers().forEach(header -> response.headers().add(header.getKey(), header.getValue()));
        connections.answering(request);
        boolean bodiless = request.method() == HttpMethod.HEAD || relayed.code() == 204 || relayed.code() == 304;
        if (!bodiless && !response.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            response.setChunked(true);
        }
        HttpStream stream = new HttpStream(response, Vertx.currentContext());
        stream.onClose(this::letBodyGo);
        response.writeHead();
        Thread.ofVirtual().name("relay").start(() -> relayed.source().run(stream));
    }

    private void upgrade(Answer.WebSocket socket) {
        if (!request.canUpgradeToWebSocket()) {
            request.resume();
            whole(Answer.json(400, Status.badRequest("this needs a WebSocket: Upgrade: websocket").toTree()));
            return;
        }
        if (socket.protocol().isEmpty()) {
            request.headers().remove(SOCKET_PROTOCOL);
        } else {
            request.headers().set(SOCKET_PROTOCOL, socket.protocol());
        }
        counted(101);
        connections.upgraded(request);
        request.toWebSocket().onSuccess(opened -> {
            connections.opened(request, opened);
            socket.session().run(opened);
            request.resume();
        });
    }

    private void upgrade(Answer.Upgraded upgraded) {
        if (!RawUpgrade.possible(request)) {
            upgraded.session().dropped();
            letBodyGo();
            whole(Answer.json(400, Status.badRequest("Upgrade request required").toTree()));
            return;
        }
        counted(101);
        connections.upgraded(request);
        RawUpgrade.begin(request, upgraded.headers()).onSuccess(upgraded.session()::run)
                .onFailure(gone -> upgraded.session().dropped());
    }
}
