package dev.xebec.gateway.admission;

import java.util.Set;

/** One of the server's own steps of admission: it may change an object, and refuse it. Stateless, and the same done twice. */
interface AdmissionStep {

    /** What it is about, as {@code <group>/<resource>}. */
    Set<String> resources();

    /** Changes an object in place, before webhooks do. */
    default void mutate(Subject subject) {}

    /** Refuses an object, after all changes and before webhooks judge it. */
    default void validate(Subject subject) {}
}
