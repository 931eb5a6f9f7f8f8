package dev.xebec.kit.state;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.NotLeaderException;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.state.StateMessages.Reply;
import dev.xebec.kit.state.StateMessages.Request;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request until somebody carries it out: to the leader where one is known, otherwise to any replica, learning
 * the leader from what is answered. Each attempt has a deadline of its own, and ends sooner when another leads by then. Requests sent so may be carried out twice,
 * so they bear an id or change nothing.
 */
final class LeaderCalls {
    private static final String UNKNOWN = "";
    /** How often a request follows "the leader is another" without a pause. */
    private static final int HOPS = 3;
    /** How long the leader may think before the replicas are asked whether it still leads. */
    private static final Duration DOUBT = Duration.ofMillis(250);
    private static final Bytes STATUS = StateMessages.request(new Request.Status(LogGroup.MAIN));

    private final Bus bus;
    private final StateSettings settings;
    private volatile String leader = UNKNOWN;

    LeaderCalls(Bus bus, StateSettings settings) {
        this.bus = bus;
        this.settings = settings;
    }

    /** Who leads, as far as this process knows; empty where it does not. */
    String leader() {
        return leader;
    }

    /** The answer of whoever leads. */
    Reply toLeader(Bytes request) {
        return retry(request, true, settings.attempt());
    }

    /** The answer of whoever leads, for what takes its time. */
    Reply toLeader(Bytes request, Duration attempt) {
        return retry(request, true, attempt);
    }

    /** The answer of any replica, that of this process if there is one. */
    Reply toAny(Bytes request) {
        return retry(request, false, settings.attempt());
    }

    private Reply retry(Bytes request, boolean wantsLeader, Duration attempt) {
        long end = System.nanoTime() + settings.overall().toNanos();
        Duration pause = settings.pause();
        int hops = 0;
        while (true) {
            String asked = wantsLeader ? leader : UNKNOWN;
            UnavailableException failure;
            try {
                Reply reply = attempt(asked, request, min(attempt, left(end)));
                if (!(reply instanceof Reply.NotLeader not)) {
                    return reply;
                }
                failure = new NotLeaderException(not.leader());
                leader = not.leader().equals(asked) ? UNKNOWN : not.leader();
                if (!leader.isEmpty() && ++hops < HOPS) {
                    continue;
                }
            } catch (UnavailableException e) {
                failure = e;
                if (leader.equals(asked)) {
                    leader = UNKNOWN;
                }
            }
            if (left(end).compareTo(pause) <= 0) {
                throw new UnavailableException("the state service did not answer within "
                        + settings.overall().toMillis() + " ms: " + failure.getMessage(), failure);
            }
            sleep(pause);
            hops = 0;
            pause = min(pause.multipliedBy(2), settings.pause().multipliedBy(16));
        }
    }

    private Reply attempt(String replica, Bytes request, Duration deadline) {
        Reply reply = replica.isEmpty()
                ? ask(StateMessages.ANY, request, deadline)
                : askLeader(replica, request, deadline);
        if (reply instanceof Reply.Results results) {
            leader = results.leader();
        }
        return reply;
    }

    private Reply ask(String address, Bytes request, Duration deadline) {
        return StateMessages.reply(bus.call(address, request, deadline));
    }

    /** Does not wait on for a leader that the others have replaced in the meantime: it may hang. */
    private Reply askLeader(String replica, Bytes request, Duration deadline) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("state-leader-call").start(() -> {
            try {
                answer.complete(ask(StateMessages.address(replica), request, deadline));
            } catch (RuntimeException | Error e) {
                // Thrown to the caller below.
                answer.completeExceptionally(e);
            }
        });
        while (true) {
            try {
                return answer.get(DOUBT.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException slow) {
                String named = leaderByOthers();
                if (!named.isEmpty() && !named.equals(replica)) {
                    return new Reply.NotLeader(named);
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof UnavailableException unavailable) {
                    throw unavailable;
                }
                throw new IllegalStateException("a call of the leader failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException("interrupted while waiting for the state service");
            }
        }
    }

    /** Whom any replica takes for the leader; empty where it knows none, or does not answer soon. */
    private String leaderByOthers() {
        try {
            return ask(StateMessages.ANY, STATUS, DOUBT) instanceof Reply.Status status
                    ? status.status().leader()
                    : UNKNOWN;
        } catch (UnavailableException e) {
            return UNKNOWN;
        }
    }

    private static Duration left(long endNanos) {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while waiting for the state service");
        }
    }
}
