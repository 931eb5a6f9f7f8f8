package dev.xebec.gateway.socket;

import java.util.List;
import java.util.Optional;

/**
 * A subprotocol of WebSockets with channels. Source: apimachinery {@code httpstream/wsstream/conn.go}, kubelet
 * {@code remotecommand/websocket.go}.
 *
 * @param name as it is negotiated; empty where the client names none
 * @param base64 text messages with the channel as a digit and the content in base64
 * @param structured the result is a Status as JSON; without, it is text and there is none for a success
 * @param closeSignal a message on channel 255 closes the channel that it names
 */
public record ChannelProtocol(String name, boolean base64, boolean structured, boolean closeSignal) {
    public static final ChannelProtocol V5 = new ChannelProtocol("v5.channel.k8s.io", false, true, true);
    public static final ChannelProtocol V4 = new ChannelProtocol("v4.channel.k8s.io", false, true, false);
    public static final ChannelProtocol V4_BASE64 = new ChannelProtocol("v4.base64.channel.k8s.io", true, true, false);
    public static final ChannelProtocol V1 = new ChannelProtocol("channel.k8s.io", false, false, false);
    public static final ChannelProtocol V1_BASE64 = new ChannelProtocol("base64.channel.k8s.io", true, false, false);
    public static final ChannelProtocol NONE = new ChannelProtocol("", false, false, false);

    /** Exec and attach. */
    public static final List<ChannelProtocol> CONVERSATIONS = List.of(V5, V4, V4_BASE64, V1, V1_BASE64);
    /** Port-forward. */
    public static final List<ChannelProtocol> FORWARDS = List.of(V4, V4_BASE64);

    /** The first one of the client's that is served; the one without a name for who offers none; empty where none fits. */
    public static Optional<ChannelProtocol> choose(List<String> offered, List<ChannelProtocol> served) {
        if (offered.isEmpty()) {
            return Optional.of(NONE);
        }
        return offered.stream().flatMap(name -> served.stream().filter(each -> each.name().equals(name))).findFirst();
    }
}
