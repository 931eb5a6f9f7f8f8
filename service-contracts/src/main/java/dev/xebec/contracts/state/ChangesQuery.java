package dev.xebec.contracts.state;

/**
 * @param fromRevision the first revision wanted; at least 1
 * @param keyPrefix only keys that start with it; empty for all
 */
public record ChangesQuery(LogGroup group, long fromRevision, String keyPrefix) {}
