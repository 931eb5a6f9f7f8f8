package dev.xebec.state.transport;

import org.apache.ratis.conf.Parameters;
import org.apache.ratis.rpc.RpcFactory;
import org.apache.ratis.rpc.RpcType;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerRpc;
import org.apache.ratis.server.ServerFactory;

/** This transport, by the name of its class: Ratis makes one of it itself. */
public final class PeerRpcType implements RpcType {
    private static final String PARAMETER = "xebec.transport";

    /** What Ratis hands to the transport of a server that is built with them. */
    public static Parameters parameters(TransportConfig config) {
        Parameters parameters = new Parameters();
        parameters.put(PARAMETER, config, TransportConfig.class);
        return parameters;
    }

    @Override
    public String name() {
        return "XEBEC";
    }

    @Override
    public RpcFactory newFactory(Parameters parameters) {
        return new Factory(parameters.getNonNull(PARAMETER, TransportConfig.class));
    }

    private record Factory(TransportConfig config) implements ServerFactory {
        @Override
        public RpcType getRpcType() {
            return new PeerRpcType();
        }

        @Override
        public RaftServerRpc newRaftServerRpc(RaftServer server) {
            return new PeerRpc(server, config);
        }
    }
}
