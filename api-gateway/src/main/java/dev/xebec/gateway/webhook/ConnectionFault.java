package dev.xebec.gateway.webhook;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says what went wrong with a connection in the words that users of Kubernetes know from Go's. */
final class ConnectionFault {
    private static final int MAX_CAUSES = 8;

    private ConnectionFault() {}

    static String words(@Nullable Throwable fault, WebhookTransport.Destination destination) {
        String address = destination.address() + ":" + destination.addressPort();
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof ConnectTimeoutException) {
                return "dial tcp " + address + ": i/o timeout";
            }
            if (cause instanceof ConnectException) {
                return "dial tcp " + address + ": connect: connection refused";
            }
            if (cause instanceof UnknownHostException) {
                return "dial tcp: lookup " + destination.address() + ": no such host";
            }
            if (cause instanceof CertificateException || cause.getCause() == null && cause instanceof SSLException) {
                return certificate(String.valueOf(cause.getMessage()), destination.host());
            }
            cause = cause.getCause();
        }
        return fault == null || fault.getMessage() == null ? "EOF" : fault.getMessage();
    }

    private static String certificate(String message, String host) {
        String said = message.toLowerCase(Locale.ROOT);
        String verify = "tls: failed to verify certificate: x509: ";
        if (said.contains("no name matching") || said.contains("no subject alternative")) {
            return verify + "certificate is not valid for " + host;
        }
        if (said.contains("path") || said.contains("trust")) {
            return verify + "certificate signed by unknown authority";
        }
        return said.contains("expired") ? verify + "certificate has expired or is not yet valid" : "tls: " + message;
    }
}
