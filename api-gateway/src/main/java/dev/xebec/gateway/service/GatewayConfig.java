package dev.xebec.gateway.service;

import dev.xebec.gateway.http.Farewell;
import java.nio.file.Path;

/**
 * @param host the address to bind, and no other
 * @param port 0 for any free one
 * @param certificate PEM file of the server's certificate chain
 * @param key PEM file of its private key, PKCS#8
 * @param clientCa PEM file of the authority that clients' certificates are checked against
 * @param eventLoops that serve sockets
 * @param serviceCidr where ClusterIP addresses come from, such as {@code 127.128.0.0/16}
 * @param farewell how clients are let go when the gateway stops
 */
public record GatewayConfig(String host, int port, Path certificate, Path key, Path clientCa, int eventLoops,
        String serviceCidr, Farewell farewell) {
    public static final int DEFAULT_EVENT_LOOPS = 2;
    public static final String DEFAULT_SERVICE_CIDR = "127.128.0.0/16";

    /** With the defaults for everything but where to listen and whom to trust. */
    public static GatewayConfig of(String host, int port, Path certificate, Path key, Path clientCa) {
        return new GatewayConfig(host, port, certificate, key, clientCa, DEFAULT_EVENT_LOOPS, DEFAULT_SERVICE_CIDR,
                Farewell.AT_ONCE);
    }

    public GatewayConfig farewell(Farewell said) {
        return new GatewayConfig(host, port, certificate, key, clientCa, eventLoops, serviceCidr, said);
    }
}
