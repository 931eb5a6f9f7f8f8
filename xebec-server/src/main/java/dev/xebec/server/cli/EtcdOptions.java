package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.plan.EtcdShape;
import dev.xebec.state.etcd.EtcdConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How {@code up} is let into an etcd cluster; the names are kube-apiserver's. */
final class EtcdOptions {
    private static final int CONNECT_MILLIS = 3_000;

    @Option(names = "--etcd-cafile", paramLabel = "FILE", description = "PEM file of who signed etcd's certificates")
    private @Nullable Path caFile;
    @Option(names = "--etcd-certfile", paramLabel = "FILE", description = "PEM file of the certificate shown to etcd")
    private @Nullable Path certFile;
    @Option(names = "--etcd-keyfile", paramLabel = "FILE", description = "PEM file of that certificate's key")
    private @Nullable Path keyFile;
    @Option(names = "--etcd-prefix", paramLabel = "PREFIX", description = "what keys in etcd start with (default: as last "
            + "time, or " + EtcdConfig.DEFAULT_ROOT + ")")
    private @Nullable String prefix;

    EtcdShape shape(CommandSpec spec, String store, EtcdShape last) {
        EtcdShape shape = new EtcdShape(prefix == null ? last.prefix() : prefix, file(spec, caFile, last.caFile()),
                file(spec, certFile, last.certFile()), file(spec, keyFile, last.keyFile()));
        if (EtcdShape.names(store)) {
            try {
                EtcdConfig usable = shape.config("up", store);
                assert !usable.endpoints().isEmpty();
            } catch (IllegalArgumentException wrong) {
                throw new ParameterException(spec.commandLine(), "--store: " + wrong.getMessage());
            }
        } else if (caFile != null || certFile != null || keyFile != null || prefix != null) {
            throw new ParameterException(spec.commandLine(), "--etcd-… is for --store etcd=URL,…");
        }
        return shape;
    }

    private static String file(CommandSpec spec, @Nullable Path given, String last) {
        if (given == null) {
            return last;
        }
        if (!Files.isReadable(given)) {
            throw new ParameterException(spec.commandLine(), "there is no file " + given + " that can be read");
        }
        return given.toAbsolutePath().normalize().toString();
    }

    /** Looks whether anybody is there at all: it spares a long wait for nothing. */
    static void requireSomebody(String store, EtcdShape shape) {
        List<String> silent = new ArrayList<>();
        for (URI endpoint : shape.config("up", store).endpoints()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), CONNECT_MILLIS);
                return;
            } catch (IOException silence) {
                silent.add(endpoint.toString());
            }
        }
        throw new StartupException("no etcd listens at " + String.join(", ", silent) + "; start it first");
    }

    static List<String> flags(String store, EtcdShape shape) {
        List<String> flags = new ArrayList<>();
        if (EtcdShape.names(store)) {
            flags.addAll(List.of("--etcd-prefix", shape.prefix()));
            if (!shape.caFile().isEmpty()) {
                flags.addAll(List.of("--etcd-cafile", shape.caFile(), "--etcd-certfile", shape.certFile(),
                        "--etcd-keyfile", shape.keyFile()));
            }
        }
        return flags;
    }
}
