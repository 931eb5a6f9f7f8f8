package dev.xebec.server.process;

import dev.xebec.contracts.member.Members;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.service.Service;
import dev.xebec.server.Release;
import dev.xebec.server.plan.ProcessConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every process says of itself and of the members that it sees, whatever services it runs. */
final class ProcessGauges {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessGauges.class);
    private static final List<String> ROLES = List.of(ProcessConfig.STATE, ProcessConfig.GATEWAY,
            ProcessConfig.SCHEDULER, ProcessConfig.CONTROLLER, ProcessConfig.EVENTS, ProcessConfig.NODE);
    private static final double MILLIS = 1e3;

    private ProcessGauges() {}

    /** @param conditions of this process's own services, by role */
    static void register(Metrics metrics, ProcessConfig config, Members members,
            Supplier<Map<String, Service.Condition>> conditions) {
        metrics.gauge("xebec_build_info", "1, with what was built and what it runs on.", () -> 1, "version",
                Release.version(), "java_version", Runtime.version().toString());
        for (String role : ROLES) {
            metrics.gauge("xebec_members", "Ready members that this process sees, by role.",
                    () -> members.ready(role).size(), "role", role);
        }
        for (String role : config.services()) {
            metrics.gauge("xebec_ready", "Whether a service of this process is ready: 1 or 0.",
                    () -> says(conditions, role).ready() ? 1 : 0, "role", role);
            metrics.gauge("xebec_ownership_share_ratio", "This process's share of the keys of a role, from 0 to 1.",
                    () -> says(conditions, role).sharePercent() / 100.0, "role", role);
        }
        certificates(Path.of(config.pki())).forEach((name, end) -> metrics.gauge(
                "xebec_certificate_expiration_timestamp_seconds",
                "When a certificate that this process was started with ends, since the Unix epoch in seconds.",
                () -> end, "certificate", name));
        disks(config).forEach((use, folder) -> {
            metrics.gauge("xebec_disk_free_bytes", "Bytes that may still be written where this process keeps its data.",
                    () -> bytes(folder, FileStore::getUsableSpace), "use", use);
            metrics.gauge("xebec_disk_size_bytes", "Size of the file system where this process keeps its data.",
                    () -> bytes(folder, FileStore::getTotalSpace), "use", use);
        });
    }

    private static Service.Condition says(Supplier<Map<String, Service.Condition>> conditions, String role) {
        return conditions.get().getOrDefault(role, new Service.Condition(false, "", false, 0, 0, ""));
    }

    /** By the file's name without its ending; a file that holds no certificate is left out, for others will complain. */
    static Map<String, Double> certificates(Path folder) {
        Map<String, Double> ends = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return ends;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crt")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                try (InputStream text = Files.newInputStream(file)) {
                    if (CertificateFactory.getInstance("X.509")
                            .generateCertificate(text) instanceof X509Certificate one) {
                        ends.put(name.substring(0, name.length() - ".crt".length()),
                                one.getNotAfter().getTime() / MILLIS);
                    }
                } catch (CertificateException malformed) {
                    LOG.warn("{} holds no certificate: {}", file, malformed.getMessage());
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("cannot tell when the certificates in {} end: {}", folder, unreadable.toString());
        }
        return ends;
    }

    private static Map<String, Path> disks(ProcessConfig config) {
        Map<String, Path> disks = new TreeMap<>();
        if (config.runs(ProcessConfig.STATE) && !config.state().directory().isEmpty()) {
            disks.put("state", Path.of(config.state().directory()));
        }
        if (config.runs(ProcessConfig.NODE) && !config.pods().isEmpty()) {
            disks.put("pods", Path.of(config.pods()));
        }
        return disks;
    }

    /** What a file system can be asked for. */
    private interface Question {
        long of(FileStore store) throws IOException;
    }

    /** NaN while the folder is not there yet. */
    private static double bytes(Path folder, Question question) {
        try {
            return question.of(Files.getFileStore(folder));
        } catch (IOException missing) {
            return Double.NaN;
        }
    }
}
