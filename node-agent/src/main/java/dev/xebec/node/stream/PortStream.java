package dev.xebec.node.stream;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.UnavailableException;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.kit.bus.BusStream;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import dev.xebec.node.runtime.ContainerRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries bytes between a stream and a port of a pod, each direction on a virtual thread; either may end before the other.
 */
final class PortStream {
    private static final Logger LOG = LoggerFactory.getLogger(PortStream.class);
    private static final int BUFFER_BYTES = 64 * 1024;
    /** How long a client may go on sending to a pod that has ended its side. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final Socket socket;
    private final BusStream stream;

    private PortStream(Socket socket, BusStream stream) {
        this.socket = socket;
        this.stream = stream;
    }

    static Bytes serve(ContainerRuntime runtime, NodeStreamRequest request, BusStream stream)
            throws InterruptedException {
        String address = runtime.pods().stream().filter(pod -> pod.uid().equals(request.uid())).findFirst()
                .orElseThrow(() -> refused("pod \"" + request.pod() + "\" is not running on this node")).ip();
        try (Socket socket = connect(runtime, request, address)) {
            new PortStream(socket, stream).carry();
            return Frames.success();
        } catch (IOException failed) {
            throw new RejectedException(refused(words(failed, address, request.port())).status());
        }
    }

    private static RejectedException refused(String message) {
        return new RejectedException(new Status(503, "ServiceUnavailable", message, "", "", "", "", List.of(), 0));
    }

    private static Socket connect(ContainerRuntime runtime, NodeStreamRequest request, String address)
            throws IOException {
        Socket plain = runtime.connect(request.uid(), request.port());
        if (!request.tls()) {
            return plain;
        }
        try {
            SSLSocket secured = (SSLSocket) Tls.UNVERIFIED.createSocket(plain, address, request.port(), true);
            secured.startHandshake();
            return secured;
        } catch (IOException failed) {
            plain.close();
            throw failed;
        }
    }

    /** As Go's dialler words it, which is what users search for. */
    private static String words(IOException failed, String address, int port) {
        String dial = "dial tcp " + address + ":" + port + ": ";
        String message = Objects.toString(failed.getMessage(), failed.toString());
        return switch (failed) {
            case SocketTimeoutException late -> dial + "i/o timeout";
            case ConnectException refused -> dial + "connect: "
                    + message.toLowerCase(Locale.ROOT).replaceFirst(" \\(.*", "");
            default -> message;
        };
    }

    private void carry() throws InterruptedException {
        Thread in = Thread.ofVirtual().name("port-in").start(this::receive);
        try {
            InputStream from = socket.getInputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (read > 0) {
                    stream.send(Frames.of(NodeStreamRequest.STDOUT, buffer, read));
                }
            }
        } catch (IOException reset) {
            // Who was connected hears only that it is over, as over TCP.
            LOG.trace("A forwarded connection broke: {}", reset.toString());
        }
        stream.send(Frames.of(NodeStreamRequest.STDOUT, new byte[0], 0));
        in.join(LINGER);
        in.interrupt();
    }

    private void receive() {
        try {
            OutputStream to = socket.getOutputStream();
            Bytes frame = stream.receive(Duration.ZERO);
            while (frame != null && frame.size() > 1) {
                to.write(frame.array(), 1, frame.size() - 1);
                frame = stream.receive(Duration.ZERO);
            }
            endOutput();
        } catch (UnavailableException left) {
            close();
        } catch (IOException over) {
            LOG.trace("A pod takes no more: {}", over.toString());
        }
    }

    private void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException late) {
            LOG.trace("A forwarded connection was closed: {}", late.toString());
        }
    }
}
