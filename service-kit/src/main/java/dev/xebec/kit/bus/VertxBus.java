package dev.xebec.kit.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.codec.ByteReader;
import dev.xebec.contracts.codec.ByteWriter;
import dev.xebec.kit.bus.Handlers.Served;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The bus on a Vert.x event bus, local or clustered. Each instance has one address of its own there, and heartbeats
 * tell the others what it serves: so a dead member is asked no more as soon as it is seen to be dead, its callers hear
 * so at once, and streams need no subscriptions. What is served by this instance itself is called without the event
 * bus.
 */
public final class VertxBus implements Bus, AutoCloseable {
    /** Bytes of one request, one answer, or one published message; more has to be a stream. */
    public static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    private final Vertx vertx;
    private final BusSettings settings;
    private final Directory directory;
    private final Handlers<RequestHandler> requests;
    private final Handlers<StreamHandler> streamHandlers;
    private final Handlers<Listener> listeners;
    private final Streams streams;
    private final Serving serving;
    private final Presence presence;

    public VertxBus(Vertx vertx) {
        this(vertx, BusSettings.DEFAULTS);
    }

    /** Joins: blocks until the others can reach this member. */
    public VertxBus(Vertx vertx, BusSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        FrameCodec.register(vertx);
        requests = new Handlers<>(settings.requestsInFlight());
        streamHandlers = new Handlers<>(settings.streamsOpen());
        listeners = new Handlers<>(Integer.MAX_VALUE);
        presence = new Presence(vertx, settings, this::onMessage,
                peer -> giveUp(peer, "the member asked says nothing any more"),
                peer -> giveUp(peer, "the member asked has left"));
        directory = presence.directory();
        streams = new Streams(vertx, this::post, directory.self().bus(), settings);
        serving = new Serving(streams);
        presence.start(streams::tick);
    }

    /** {@inheritDoc} In a cluster it is its node's. */
    @Override
    public String id() {
        return directory.self().bus();
    }

    @Override
    public Registration serve(String address, RequestHandler handler) {
        return offered(requests, address, handler);
    }

    @Override
    public Registration serveStreams(String address, StreamHandler handler) {
        return offered(streamHandlers, address, handler);
    }

    @Override
    public Registration listen(String address, Consumer<Bytes> listener) {
        return offered(listeners, address, new Listener(address, listener));
    }

    private <H> Registration offered(Handlers<H> handlers, String address, H handler) {
        Served<H> served = handlers.add(address, handler);
        tellOffer();
        return () -> {
            handlers.remove(address, served);
            tellOffer();
        };
    }

    private void tellOffer() {
        presence.offer(requests::addresses, streamHandlers::addresses, listeners::addresses);
    }

    @Override
    public Bytes call(String address, Bytes request, Duration deadline) {
        requireFits(request);
        Peer peer = directory.choose(Offer.Way.REQUESTS, address, deadline);
        return ask(peer, address, Frame.call(address, request), deadline).body();
    }

    @Override
    public BusStream open(String address, Bytes request, Duration deadline) {
        requireFits(request);
        Peer peer = directory.choose(Offer.Way.STREAMS, address, deadline);
        VertxStream stream = streams.create(peer.bus());
        boolean opened = false;
        try {
            Bytes body = new ByteWriter(64 + request.size()).utf8(id()).bytes(request).finish();
            Frame answer = ask(peer, address, new Frame(Frame.Kind.OPEN, address, stream.id(), 0, body), deadline);
            stream.connected(answer.stream());
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                stream.close();
            }
        }
    }

    @Override
    public void publish(String address, Bytes message) {
        requireFits(message);
        for (Peer peer : directory.serving(Offer.Way.TOPICS, address)) {
            if (peer == directory.self()) {
                tell(address, message);
            } else {
                post(peer.bus(), Frame.tell(address, message));
            }
        }
    }

    @Override
    public void say(Bytes word) {
        requireFits(word);
        presence.say(word);
    }

    @Override
    public Map<String, Bytes> words() {
        return directory.words();
    }

    @Override
    public Registration onWords(Runnable listener) {
        return directory.onWords(listener);
    }

    private static void requireFits(Bytes body) {
        if (body.size() > MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "a message of " + body.size() + " bytes; at most " + MAX_BODY_BYTES + " are allowed");
        }
    }

    private void tell(String address, Bytes message) {
        for (Served<Listener> listener : listeners.all(address)) {
            listener.handler().hear(message);
        }
    }

    private Frame ask(Peer peer, String address, Frame question, Duration deadline) {
        CompletableFuture<Frame> answer = new CompletableFuture<>();
        if (peer == directory.self()) {
            onAsked(question, answer::complete);
        } else {
            send(peer, question, deadline, answer);
        }
        Frame frame = await(answer, address, deadline);
        if (frame.kind() == Frame.Kind.ANSWER) {
            peer.unavoid(address);
            return frame;
        }
        peer.avoid(address, System.nanoTime() + settings.avoidance().toNanos());
        throw new UnavailableException(frame.text());
    }

    private void send(Peer peer, Frame question, Duration deadline, CompletableFuture<Frame> answer) {
        peer.await(answer);
        vertx.eventBus().<Frame>request(Presence.address(peer.bus()), question, FrameCodec.options(deadline))
                .onComplete(reply -> answer.complete(reply.succeeded()
                        ? reply.result().body()
                        : Frame.unavailable(question.address() + ": " + reply.cause().getMessage())));
        answer.whenComplete((frame, failure) -> peer.awaited(answer));
        if (directory.peer(peer.bus()) == null) {
            answer.complete(Frame.unavailable(question.address() + ": the member asked has left"));
        }
    }

    private static Frame await(CompletableFuture<Frame> answer, String address, Duration deadline) {
        try {
            return answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            Frame late = Frame.unavailable("no answer from " + address + " within " + deadline.toMillis() + " ms");
            // Whoever answers from now on finds it taken.
            answer.complete(late);
            return answer.getNow(late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for an answer from " + address);
        } catch (ExecutionException e) {
            throw new IllegalStateException("answers are frames", e);
        }
    }

    /** What comes to this instance's own address; on an event loop, in order per sender. */
    private void onMessage(Message<Frame> message) {
        Frame frame = message.body();
        switch (frame.kind()) {
            case CALL, OPEN -> onAsked(frame, answer -> message.reply(answer, FrameCodec.options()));
            case TELL -> onTold(frame);
            case PROBE -> presence.onProbe(frame, answer -> message.reply(answer, FrameCodec.options()));
            case MARK -> message.reply(Frame.answer(Bytes.EMPTY), FrameCodec.options());
            case DATA, PART, CREDIT, ALIVE, END, CLOSE, FAIL -> streams.onFrame(frame);
            case ANSWER, UNAVAILABLE -> {
                // Answers come as replies; one that comes so is nobody's.
            }
        }
    }

    private void onTold(Frame frame) {
        if (frame.address().equals(Presence.BEATS)) {
            presence.onBeat(frame.body());
        } else {
            tell(frame.address(), frame.body());
        }
    }

    private void onAsked(Frame question, Consumer<Frame> answer) {
        if (question.kind() == Frame.Kind.CALL) {
            serving.call(requests.next(question.address()), question, answer);
        } else {
            ByteReader body = new ByteReader(question.body());
            serving.open(streamHandlers.next(question.address()), question, body.utf8(), body.bytes(), answer);
        }
    }

    private void post(String bus, Frame frame) {
        vertx.eventBus().send(Presence.address(bus), frame, FrameCodec.options());
    }

    /** Nobody waits for one that died or hangs: calls are answered and streams break, to be made anew elsewhere. */
    private void giveUp(Peer peer, String reason) {
        peer.giveUp(reason);
        streams.peerGone(peer.bus());
    }

    /** How many members serve requests at the address, as far as this one knows. */
    int serving(String address) {
        return directory.serving(Offer.Way.REQUESTS, address).size();
    }

    int listening(String address) {
        return directory.serving(Offer.Way.TOPICS, address).size();
    }

    int openStreams() {
        return streams.size();
    }

    /** Says goodbye; everything open breaks. */
    @Override
    public void close() {
        streams.failAll("the member at the other side of the stream stops");
        presence.close();
    }
}
