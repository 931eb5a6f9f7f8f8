package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.status.RejectedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks all validating webhooks that match at once. Of several refusals the client is told the one of the webhook that comes
 * first.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/validating/dispatcher.go}.
 */
final class ValidatingRound {
    private final WebhookCaller caller;
    private final Judgement judgement;
    private final Attributes asked;
    private final Map<GroupVersionKind, Shown> shown = new HashMap<>();
    private final Versions versions;

    ValidatingRound(WebhookCaller caller, Judgement judgement, Versions versions, Attributes asked) {
        this.caller = caller;
        this.judgement = judgement;
        this.versions = versions;
        this.asked = asked;
    }

    /** The objects in one version: converted once, however many webhooks see them. */
    private record Shown(@Nullable ObjectNode object, @Nullable ObjectNode oldObject) {}

    /** A verdict, and when the webhook began to be asked for it. */
    private record Timed(Verdict verdict, long startNanos) {}

    void ask(List<Invocation> invocations, Consumer<String> warn) {
        for (Invocation invocation : invocations) {
            shown.computeIfAbsent(invocation.kind(), this::show);
        }
        List<Timed> verdicts = invocations.size() == 1 ? List.of(one(invocations.get(0))) : all(invocations);
        @Nullable
        RejectedException first = null;
        for (int at = 0; at < verdicts.size(); at++) {
            try {
                Timed timed = verdicts.get(at);
                judgement.of(invocations.get(at).webhook(), asked, timed.verdict(), timed.startNanos(), warn);
            } catch (RejectedException refused) {
                first = first == null ? refused : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private Shown show(GroupVersionKind kind) {
        ObjectNode object = asked.object();
        ObjectNode old = asked.oldObject();
        return new Shown(object == null ? null : versions.to(kind, object),
                old == null ? null : versions.to(kind, old));
    }

    private Timed one(Invocation invocation) {
        Shown objects = shown.getOrDefault(invocation.kind(), new Shown(asked.object(), asked.oldObject()));
        long start = System.nanoTime();
        return new Timed(caller.ask(invocation, asked, objects.object(), objects.oldObject(), false), start);
    }

    private List<Timed> all(List<Invocation> invocations) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Timed>> running = invocations.stream()
                    .map(invocation -> threads.submit(() -> one(invocation))).toList();
            List<Timed> verdicts = new ArrayList<>();
            for (Future<Timed> future : running) {
                verdicts.add(future.get());
            }
            return verdicts;
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a webhook's caller failed", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted");
        }
    }
}
