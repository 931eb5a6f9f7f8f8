package dev.xebec.contracts.state;

/** Which replicated log a key belongs to. Named in every request and cursor, so that a second log can be added. */
public enum LogGroup {
    /** Replicated and synced to disk. */
    MAIN
}
