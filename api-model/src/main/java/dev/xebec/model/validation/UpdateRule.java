package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What may change about an object of some kind. */
@FunctionalInterface
interface UpdateRule {
    void check(ObjectNode now, ObjectNode before, Findings findings);
}
