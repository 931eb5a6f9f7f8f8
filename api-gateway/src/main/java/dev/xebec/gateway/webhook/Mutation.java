package dev.xebec.gateway.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.model.patch.Patches;
import dev.xebec.model.status.RejectedException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mutating webhooks' way with one request: all that match in order, and once more those that asked for it, where
 * anything changed after they had seen the object. Used by one thread.
 *
 * <p>Source: apiserver {@code pkg/admission/plugin/webhook/mutating/dispatcher.go} and {@code reinvocationcontext.go}.
 */
public final class Mutation {
    private final List<Webhook> webhooks;
    private final Matching matching;
    private final WebhookCaller caller;
    private final Judgement judgement;
    private final Versions versions;
    private final Acceptance acceptance;
    private final Consumer<String> warn;
    private Attributes asked;
    private @Nullable ObjectNode lastOutput;
    private boolean changed;
    private Set<String> mayBeAskedAgain = new HashSet<>();
    private final Set<String> askedAgain = new HashSet<>();

    Mutation(List<Webhook> webhooks, Matching matching, WebhookCaller caller, Judgement judgement, Versions versions,
            Attributes asked, Acceptance acceptance, Consumer<String> warn) {
        this.webhooks = webhooks;
        this.matching = matching;
        this.caller = caller;
        this.judgement = judgement;
        this.versions = versions;
        this.asked = asked;
        this.acceptance = acceptance;
        this.warn = warn;
    }

    /** The object as the webhooks leave it, which is another tree where one of them has changed it; null for a deletion. */
    public @Nullable ObjectNode first() {
        return round(false);
    }

    /** Whether a webhook has changed the object, so that the steps before are to be gone through again. */
    public boolean changed() {
        return changed;
    }

    /** The second round, after the server's own steps had another look at the object. */
    public @Nullable ObjectNode again(ObjectNode object) {
        asked = asked.with(object);
        ObjectNode before = lastOutput;
        if (before == null || !Json.same(before, object)) {
            askAgain();
        }
        return round(true);
    }

    private @Nullable ObjectNode round(boolean second) {
        for (Webhook webhook : webhooks) {
            if (second && !askedAgain.contains(webhook.id())) {
                continue;
            }
            Invocation invocation = matching.of(webhook, asked);
            if (invocation == null) {
                continue;
            }
            if (ask(invocation)) {
                changed = true;
                askAgain();
            }
            if (webhook.reinvoked()) {
                mayBeAskedAgain.add(webhook.id());
            }
        }
        ObjectNode object = asked.object();
        lastOutput = object == null || !changed ? object : object.deepCopy();
        return object;
    }

    private void askAgain() {
        askedAgain.addAll(mayBeAskedAgain);
        mayBeAskedAgain = new HashSet<>();
    }

    /** Whether the object has become another. */
    private boolean ask(Invocation invocation) {
        ObjectNode before = asked.object();
        ObjectNode shown = before == null ? null : versions.to(invocation.kind(), before);
        ObjectNode old = asked.oldObject();
        long start = System.nanoTime();
        Verdict verdict = caller.ask(invocation, asked, shown,
                old == null ? null : versions.to(invocation.kind(), old), true);
        JsonNode patch = judgement.of(invocation.webhook(), asked, verdict, start, warn);
        if (patch == null) {
            return false;
        }
        if (shown == null || before == null) {
            throw new RejectedException(Judgement.internalError("admission webhook \"" + invocation.webhook().name()
                    + "\" attempted to modify the object, which is not supported for this operation"));
        }
        ObjectNode after = accepted(versions.to(asked.kind(), patched(shown, patch)));
        if (Json.same(before, after)) {
            return false;
        }
        asked = asked.with(after);
        return true;
    }

    private static ObjectNode patched(ObjectNode object, JsonNode patch) {
        try {
            return Patches.json(object, patch);
        } catch (RejectedException broken) {
            String why = broken.status().causes().isEmpty()
                    ? broken.status().message()
                    : broken.status().causes().get(0).message();
            throw new RejectedException(Judgement.internalError(why));
        }
    }

    private ObjectNode accepted(ObjectNode patched) {
        try {
            acceptance.accept(patched);
            return patched;
        } catch (IllegalArgumentException wrongType) {
            throw new RejectedException(Judgement.internalError(String.valueOf(wrongType.getMessage())));
        }
    }
}
