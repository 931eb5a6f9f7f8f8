package dev.xebec.simulator.bus;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.bus.BusSettings;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.simulator.bus.Handlers.Served;
import dev.xebec.simulator.bus.Registry.Offer;
import dev.xebec.simulator.bus.Registry.Way;
import dev.xebec.simulator.bus.SimulatedNetwork.Candidate;
import dev.xebec.simulator.bus.SimulatedNetwork.Presence;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One process's seat at the simulated network, in place of {@code VertxBus}. Made on a thread of the process; whatever
 * runs here runs on threads of it. A request is delivered at most once unless {@link NetworkFaults#repeatPercent} says
 * otherwise; its answer may be lost although it was carried out.
 */
public final class SimulatedBus implements Bus, AutoCloseable {
    /** Bytes of one request, one answer, or one published message. */
    static final int MAX_BODY_BYTES = 64 * 1024 * 1024;

    /** How soon to look again whether somebody serves an address. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final SimulatedNetwork network;
    private final String process;
    private final String id;
    private final BusSettings settings;
    private final Inbox inbox = new Inbox();
    private final Departure departure = new Departure();
    private final Handlers<RequestHandler> requests;
    private final Handlers<StreamHandler> streamHandlers;
    private final Handlers<Listener> listeners;
    private final Streams streams;
    private final Serving serving;
    private final Questions questions;
    private final Choice choice;
    private final Words words;
    private volatile long beatNanos = System.nanoTime();
    private volatile boolean dead;

    SimulatedBus(SimulatedNetwork network, String process, long incarnation, BusSettings settings) {
        this.network = network;
        this.process = process;
        id = process + "#" + incarnation;
        this.settings = settings;
        requests = new Handlers<>(settings.requestsInFlight());
        streamHandlers = new Handlers<>(settings.streamsOpen());
        listeners = new Handlers<>(Integer.MAX_VALUE);
        streams = new Streams(this, settings);
        serving = new Serving(streams);
        questions = new Questions();
        choice = new Choice(this, settings);
        words = new Words(this, settings, this::takesForHere);
    }

    void start() {
        Thread.ofVirtual().name("bus-" + process).start(this::dispatch);
    }

    public String process() {
        return process;
    }

    /** {@inheritDoc} Its process's, and a number. */
    @Override
    public String id() {
        return id;
    }

    BusSettings settings() {
        return settings;
    }

    Inbox inbox() {
        return inbox;
    }

    Departure departure() {
        return departure;
    }

    /** When its dispatcher last ran: what a process that is paused or dead cannot do. */
    long beatNanos() {
        return beatNanos;
    }

    boolean dead() {
        return dead;
    }

    void die() {
        dead = true;
    }

    /** Open ends of streams on this side. */
    int openStreams() {
        return streams.size();
    }

    @Override
    public Registration serve(String address, RequestHandler handler) {
        return offered(requests, Way.REQUESTS, address, handler);
    }

    @Override
    public Registration serveStreams(String address, StreamHandler handler) {
        return offered(streamHandlers, Way.STREAMS, address, handler);
    }

    @Override
    public Registration listen(String address, Consumer<Bytes> listener) {
        return offered(listeners, Way.TOPICS, address, new Listener(address, listener));
    }

    private <H> Registration offered(Handlers<H> handlers, Way way, String address, H handler) {
        Served<H> served = handlers.add(address, handler);
        Offer offer = network.offer(way, address, this);
        return () -> {
            handlers.remove(address, served);
            network.withdraw(offer);
        };
    }

    @Override
    public Bytes call(String address, Bytes request, Duration deadline) {
        requireFits(request);
        SimulatedBus peer = choose(Way.REQUESTS, address, deadline);
        try (Questions.Asked asked = questions.ask(peer, null)) {
            Frame.Call call = new Frame.Call(asked.number(), address, request);
            if (peer == this) {
                serving.call(requests.next(address), call, asked::answer);
            } else {
                post(peer, call);
            }
            return answer(peer, address, asked, deadline).body();
        }
    }

    @Override
    public BusStream open(String address, Bytes request, Duration deadline) {
        requireFits(request);
        SimulatedBus peer = choose(Way.STREAMS, address, deadline);
        SimulatedStream stream = streams.create(peer);
        boolean opened = false;
        try (Questions.Asked asked = questions.ask(peer, stream)) {
            Frame.Open open = new Frame.Open(asked.number(), address, request, stream.number());
            if (peer == this) {
                serving.open(streamHandlers.next(address), open, this, asked::answer);
            } else {
                post(peer, open);
            }
            Frame.Done unused = answer(peer, address, asked, deadline);
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                stream.close();
            }
        }
    }

    private Frame.Done answer(SimulatedBus peer, String address, Questions.Asked asked, Duration deadline) {
        switch (asked.await(address, deadline)) {
            case Frame.Done done -> {
                choice.succeeded(peer, address);
                return done;
            }
            case Frame.Unavailable why -> {
                choice.failed(peer, address);
                throw new UnavailableException(why.reason());
            }
        }
    }

    @Override
    public void publish(String address, Bytes message) {
        requireFits(message);
        for (Candidate candidate : network.serving(Way.TOPICS, address, this)) {
            if (candidate.bus() == this) {
                tell(address, message);
            } else {
                post(candidate.bus(), new Frame.Tell(address, message));
            }
        }
    }

    @Override
    public void say(Bytes word) {
        requireFits(word);
        Frame.Word news = words.say(word);
        if (news != null) {
            tellAll(news);
        }
    }

    private void tellAll(Frame.Word word) {
        network.others(this).forEach(other -> post(other, word));
        words.refresh();
    }

    @Override
    public Map<String, Bytes> words() {
        return words.present();
    }

    @Override
    public Registration onWords(Runnable listener) {
        words.listen(listener);
        return () -> words.forget(listener);
    }

    private static void requireFits(Bytes body) {
        if (body.size() > MAX_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "a message of " + body.size() + " bytes; at most " + MAX_BODY_BYTES + " are allowed");
        }
    }

    private void tell(String address, Bytes message) {
        listeners.all(address).forEach(listener -> listener.handler().hear(message));
    }

    private SimulatedBus choose(Way way, String address, Duration deadline) {
        Duration patience = deadline.compareTo(settings.patience()) < 0 ? deadline : settings.patience();
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            SimulatedBus chosen = choice.among(network.serving(way, address, this), address);
            if (chosen != null) {
                return chosen;
            }
            if (System.nanoTime() - end >= 0) {
                throw new UnavailableException("nobody serves " + address);
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted while waiting for somebody to serve " + address);
            }
        }
    }

    /** Sends to another member, as far as it can. Never waits. */
    void post(SimulatedBus to, Frame frame) {
        network.send(this, to, frame);
    }

    boolean takesForHere(SimulatedBus peer) {
        return network.presence(this, peer) == Presence.HERE;
    }

    /** Takes what is due out of the inbox, and looks at the others now and then, until the process is no more. */
    private void dispatch() {
        long every = settings.beatEvery().toNanos();
        long nextTick = System.nanoTime() + every;
        try {
            while (!dead) {
                Inbox.Due due = inbox.take(nextTick);
                long now = System.nanoTime();
                beatNanos = now;
                if (due != null && !dead) {
                    hear(due.from(), due.frame());
                }
                if (now - nextTick >= 0) {
                    // After a stall of its own it reads first what the others said meanwhile.
                    boolean stalled = now - nextTick > settings.beatSilence().toNanos() / 2;
                    nextTick = now + every;
                    tellAll(words.beat());
                    if (!stalled) {
                        questions.giveUp(peer -> !takesForHere(peer));
                        streams.tick(now);
                    }
                }
            }
        } catch (InterruptedException e) {
            dead = true;
        }
    }

    private void hear(SimulatedBus from, Frame frame) {
        switch (frame) {
            case Frame.Call call -> serving.call(requests.next(call.address()), call, answer -> post(from, answer));
            case Frame.Open open ->
                serving.open(streamHandlers.next(open.address()), open, from, answer -> post(from, answer));
            case Frame.Answer answer -> questions.answered(from, answer);
            case Frame.Tell tell -> tell(tell.address(), tell.body());
            case Frame.Word word -> {
                if (words.hear(from, word)) {
                    // It may have come after our last beat.
                    post(from, words.own());
                }
                words.refresh();
            }
            case Frame.OfStream ofStream -> streams.hear(from, ofStream);
        }
    }

    /** Says goodbye; everything open breaks. */
    @Override
    public void close() {
        streams.failAll("the member at the other side of the stream stops");
        network.goodbye(this);
    }
}
