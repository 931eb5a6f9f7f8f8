package dev.xebec.events.trigger.plan;

import dev.xebec.model.status.Status;

/** What a refused Job means: the next try may succeed, or this event will never start one. */
public final class Refusals {
    /** Source: apiserver {@code admission/plugin/webhook/errors}. */
    private static final String WEBHOOK = "admission webhook \"";

    private Refusals() {}

    /** A Job as this one will be refused whenever it is sent. */
    public static boolean lasting(Status refusal) {
        return switch (refusal.code()) {
            case 400, 413, 422 -> true;
            case 403 -> refusal.message().startsWith(WEBHOOK);
            default -> false;
        };
    }

    /** The name is taken, perhaps by the very same Job. */
    public static boolean taken(Status refusal) {
        return refusal.code() == 409 && refusal.reason().equals("AlreadyExists");
    }
}
