package dev.xebec.state.raft;

/**
 * One voter of the group.
 *
 * @param name the replica's name, for ever: a lost disk means a new name
 * @param host where its Raft port listens; it binds to this address only
 */
public record Peer(String name, String host, int port) {}
