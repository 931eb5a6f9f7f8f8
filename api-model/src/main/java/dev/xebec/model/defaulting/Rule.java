package dev.xebec.model.defaulting;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One default of a type. */
@FunctionalInterface
interface Rule {
    void apply(ObjectNode value);
}
