package dev.xebec.model.managed;

import dev.xebec.model.kind.Kind;

/**
 * A write as far as ownership goes.
 *
 * @param kind in the version that the request speaks
 * @param subresource empty for the object itself
 * @param manager the writer's name
 * @param reset what the request cannot set
 * @param versions the kind's other versions
 * @param time now, RFC 3339 in whole seconds
 */
public record Writing(Kind kind, String subresource, String manager, ResetFields reset, Versions versions,
        String time) {

    String apiVersion() {
        return kind.name().apiVersion();
    }

    GoView view() {
        return kind.custom() == null ? GoView.STRUCTURES : GoView.AS_IT_IS;
    }

    /** The same, as the writer of what was there before anybody applied anything. */
    Writing beforeFirstApply() {
        return new Writing(kind, subresource, "before-first-apply", reset, versions, time);
    }
}
