package dev.xebec.model.managed;

import org.jspecify.annotations.Nullable;

/** Where a walk is: the element it came by and the trail before that. Elements are made only when they are asked for. */
final class Trail {
    private final @Nullable Trail parent;
    private final String field;
    private final @Nullable PathElement element;

    Trail(@Nullable Trail parent, String field) {
        this.parent = parent;
        this.field = field;
        this.element = null;
    }

    Trail(@Nullable Trail parent, PathElement element) {
        this.parent = parent;
        this.field = "";
        this.element = element;
    }

    @Nullable
    Trail parent() {
        return parent;
    }

    PathElement element() {
        return element == null ? PathElement.field(field) : element;
    }

    static String shown(@Nullable Trail trail) {
        return trail == null ? "" : shown(trail.parent) + trail.element().shown();
    }
}
