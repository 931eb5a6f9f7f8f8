package dev.xebec.state.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Where a host's name leads now; asked anew for each connection, since a peer may come back elsewhere. */
public interface Resolver {
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    List<InetAddress> resolve(String host) throws UnknownHostException;
}
