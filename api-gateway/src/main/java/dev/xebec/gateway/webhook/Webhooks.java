package dev.xebec.gateway.webhook;

import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.model.kind.KindRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The admission webhooks of the cluster, as the cache has their configurations. A write that nothing is configured for
 * pays for two looks into maps. Thread-safe.
 */
public final class Webhooks {
    /** Who decides about webhooks is not asked about himself: a broken webhook could never be removed. */
    private static final Set<String> EXEMPT = Set.of("validatingwebhookconfigurations",
            "mutatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings",
            "mutatingadmissionpolicies", "mutatingadmissionpolicybindings");

    private final Configurations mutating = new Configurations("mutatingwebhookconfigurations");
    private final Configurations validating = new Configurations("validatingwebhookconfigurations");
    private final Matching matching;
    private final WebhookCaller caller;
    private final Versions versions;
    private final Judgement mutatingJudgement;
    private final Judgement validatingJudgement;

    /**
     * @param images the newest image that is here at once
     * @param newest one that has every write that was acknowledged before it was asked for
     */
    public Webhooks(Supplier<StoreImage> images, Supplier<StoreImage> newest, Supplier<KindRegistry> kinds,
            Versions versions, WebhookTransport transport, Metrics metrics) {
        this.versions = versions;
        this.matching = new Matching(images, newest, kinds, versions);
        this.caller = new WebhookCaller(transport, images, newest);
        this.mutatingJudgement = new Judgement(new WebhookMetrics(metrics, "admit"));
        this.validatingJudgement = new Judgement(new WebhookMetrics(metrics, "validating"));
    }

    /** Whether the image has any webhook that could be asked to change an object. */
    public boolean mutate(StoreImage image) {
        return !mutating.in(image).isEmpty();
    }

    /** Whether the image has any webhook that could be asked about an object. */
    public boolean validate(StoreImage image) {
        return !validating.in(image).isEmpty();
    }

    /** Whether any webhook's rules match, selectors and conditions aside. */
    public boolean concern(StoreImage image, Attributes asked) {
        return !exempt(asked) && (anyRule(mutating.in(image), asked) || anyRule(validating.in(image), asked));
    }

    private static boolean anyRule(List<Webhook> webhooks, Attributes asked) {
        for (Webhook webhook : webhooks) {
            for (Rule rule : webhook.rules()) {
                if (rule.matchesVersionAside(asked)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * @param image whose configurations count
     * @param warn is told what webhooks have to tell the client
     */
    public Mutation mutation(StoreImage image, Attributes asked, Acceptance acceptance, Consumer<String> warn) {
        return new Mutation(exempt(asked) ? List.of() : mutating.in(image), matching, caller,
                mutatingJudgement, versions, asked, acceptance, warn);
    }

    /** Refuses what a validating webhook refuses. */
    public void validate(StoreImage image, Attributes asked, Consumer<String> warn) {
        if (exempt(asked)) {
            return;
        }
        List<Invocation> invocations = new ArrayList<>();
        for (Webhook webhook : validating.in(image)) {
            Invocation invocation = matching.of(webhook, asked);
            if (invocation != null) {
                invocations.add(invocation);
            }
        }
        if (!invocations.isEmpty()) {
            new ValidatingRound(caller, validatingJudgement, versions, asked).ask(invocations, warn);
        }
    }

    private static boolean exempt(Attributes asked) {
        return asked.resource().group().equals(Configurations.GROUP) && EXEMPT.contains(asked.resource().resource());
    }
}
