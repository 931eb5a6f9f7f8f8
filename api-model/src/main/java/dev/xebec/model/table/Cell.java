package dev.xebec.model.table;

import dev.xebec.model.object.ApiObject;
import java.time.Instant;

/** A computed cell: text, a number, a truth or a JSON value. */
@FunctionalInterface
interface Cell {
    Object of(ApiObject object, Instant now);
}
