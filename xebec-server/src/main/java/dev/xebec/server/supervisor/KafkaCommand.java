package dev.xebec.server.supervisor;

import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.KafkaPki;
import dev.xebec.server.plan.BrokerPlan;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command that runs the embedded broker in a JVM of its own, whose jars lie in a folder of their own. */
final class KafkaCommand {
    private static final String MAIN = "dev.xebec.kafka.BrokerMain";
    /** Names the broker's class path where it is not beside this build's jars. */
    private static final String CLASS_PATH = "XEBEC_KAFKA_CLASSPATH";
    private static final int COMPACT_HEADERS_SINCE = 25;
    private static final int UNSAFE_FLAG_SINCE = 23;
    /** It has time: what the cluster does goes first. */
    private static final List<String> NICE = List.of("/usr/bin/nice", "-n", "5");

    private KafkaCommand() {}

    /** The broker's class path; empty where this build has none. */
    static Optional<String> classPath() {
        String told = System.getenv(CLASS_PATH);
        if (told != null && !told.isEmpty()) {
            return Optional.of(told);
        }
        return beside(KafkaCommand.class.getProtectionDomain().getCodeSource())
                .filter(folder -> folder.toFile().isDirectory()).map(folder -> folder + File.separator + "*");
    }

    private static Optional<Path> beside(@Nullable CodeSource source) {
        if (source == null) {
            return Optional.empty();
        }
        try {
            // dist/lib/xebec-server.jar, and dist/kafka/lib.
            return Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent()).map(Path::getParent)
                    .map(dist -> dist.resolve("kafka").resolve("lib"));
        } catch (URISyntaxException unusual) {
            return Optional.empty();
        }
    }

    static List<String> of(DataDirectory data, BrokerPlan plan, KafkaPki pki, String classPath) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of(NICE.get(0)))) {
            command.addAll(NICE);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(Runtime.version().feature()));
        command.addAll(List.of("-cp", classPath, MAIN, "folder=" + data.kafka(), "port=" + plan.port(),
                "controllerPort=" + plan.controllerPort(), "certificate=" + pki.broker().certificate(),
                "key=" + pki.broker().key(), "authority=" + pki.authority().certificate(),
                "superUsers=" + KafkaPki.ADMIN, "services=" + KafkaPki.SERVICE,
                "log=" + data.logs().resolve("kafka.log")));
        return command;
    }

    private static List<String> flags(int feature) {
        List<String> flags = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx256m", "-Xss512k",
                "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
                "-Djava.net.preferIPv4Stack=true"));
        if (feature >= UNSAFE_FLAG_SINCE) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (feature >= COMPACT_HEADERS_SINCE) {
            flags.add("-XX:+UseCompactObjectHeaders");
        }
        return flags;
    }
}
