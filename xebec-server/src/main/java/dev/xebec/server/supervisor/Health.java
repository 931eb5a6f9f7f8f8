package dev.xebec.server.supervisor;

/** How a process answered its last health checks. */
public enum Health {
    /** Everything that was asked for is ready. */
    READY,
    /** It answers, but is not ready: it gets no new connections and keeps those it has. */
    NOT_READY,
    /** It does not answer: dead, stopped or cut off. */
    SILENT
}
