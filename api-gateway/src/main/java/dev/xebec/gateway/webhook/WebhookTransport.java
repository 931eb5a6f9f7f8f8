package dev.xebec.gateway.webhook;

import dev.xebec.contracts.Bytes;
import java.time.Duration;

/** Carries a question to a webhook over HTTPS. Blocks its caller; thread-safe. */
public interface WebhookTransport {

    /**
     * Posts JSON and waits for the whole answer, redirects included: none is followed.
     *
     * @param patience for all of it: connecting, handshake, question and answer
     * @throws UnreachableException where there is no answer, and why in words
     */
    Answer post(Destination destination, Bytes body, Duration patience) throws UnreachableException;

    /** What came back. */
    record Answer(int code, Bytes body) {}

    /**
     * @param host that the certificate has to be for
     * @param address to connect to
     * @param uri path and query
     * @param caBundle PEM; empty for the system's authorities
     */
    record Destination(String host, int port, String address, int addressPort, String uri, Bytes caBundle) {}

    /** No answer came. */
    final class UnreachableException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnreachableException(String reason) {
            super(reason);
        }
    }

    /** A gateway without sockets reaches no webhook. */
    static WebhookTransport none() {
        return (destination, body, patience) -> {
            throw new UnreachableException("dial tcp " + destination.address() + ":" + destination.addressPort()
                    + ": this gateway has no connection to the outside");
        };
    }
}
