package dev.xebec.node.probe;

import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerRuntime;
import dev.xebec.node.runtime.ExecSession;
import dev.xebec.node.runtime.ExecSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Checks real containers: by a command in them, or over the network. */
public final class RuntimeProber implements Prober {
    /** Output that a message may carry. Source: Kubernetes {@code pkg/probe}, maxRespBodyLength. */
    private static final int MAX_OUTPUT_BYTES = 10 * 1024;

    private final ContainerRuntime runtime;

    public RuntimeProber(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public Result check(ContainerId container, ProbeCheck check, Duration timeout) throws InterruptedException {
        return switch (check) {
            case ProbeCheck.Exec exec -> exec(container, exec, timeout);
            case ProbeCheck.Http http -> HttpCheck.run(http, timeout);
            case ProbeCheck.Tcp tcp -> tcp(tcp, timeout);
            case ProbeCheck.Sleep sleep -> {
                Thread.sleep(Math.min(timeout.toMillis(), sleep.seconds() * 1_000));
                yield new Result(true, "");
            }
            case ProbeCheck.Unknown unknown ->
                new Result(false, "a handler of the kind \"" + unknown.kind() + "\" is not possible on this node");
        };
    }

    private static Result tcp(ProbeCheck.Tcp tcp, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(tcp.host(), tcp.port()), (int) timeout.toMillis());
            return new Result(true, "");
        } catch (IOException refused) {
            return new Result(false, "dial tcp " + tcp.host() + ":" + tcp.port() + ": " + refused.getMessage());
        }
    }

    private Result exec(ContainerId container, ProbeCheck.Exec exec, Duration timeout) throws InterruptedException {
        Optional<ExecSession> opened = runtime.exec(container, new ExecSpec(exec.command(), false, false));
        if (opened.isEmpty()) {
            return new Result(false, "the container does not run");
        }
        try (ExecSession session = opened.get()) {
            StringBuffer output = new StringBuffer();
            Thread out = Thread.ofVirtual().start(() -> read(session.stdout(), output));
            Thread err = Thread.ofVirtual().start(() -> read(session.stderr(), output));
            FutureTask<Integer> exit = new FutureTask<>(session::await);
            Thread.ofVirtual().start(exit);
            int code = exit.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            out.join(Duration.ofMillis(200));
            err.join(Duration.ofMillis(200));
            return new Result(code == 0, output.toString());
        } catch (TimeoutException late) {
            return new Result(false, "command timed out: \"" + String.join(" ", exec.command()) + "\" timed out after "
                    + timeout.toSeconds() + "s");
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        }
    }

    private static void read(InputStream in, StringBuffer output) {
        try {
            output.append(new String(in.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8));
            in.skip(Long.MAX_VALUE);
        } catch (IOException closed) {
            // The command was ended: what was read is the output.
            output.append("");
        } catch (UncheckedIOException closed) {
            output.append("");
        }
    }
}
