package dev.xebec.state.raft;

/**
 * One voter of the group.
 *
 * @param name the replica's name, which proves itself by a member's certificate and the greeting of a connection
 * @param host where the others reach its Raft port: an address, or a name that may lead to another one each time
 */
public record Peer(String name, String host, int port) {

    String address() {
        return host + ":" + port;
    }
}
