package dev.xebec.server.supervisor;

import dev.xebec.server.layout.DataDirectory;
import dev.xebec.server.pki.KafkaPki;
import dev.xebec.server.plan.BrokerPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs the embedded broker in a JVM of its own, whose jars lie in a folder of their own. */
final class KafkaCommand {
    private static final int COMPACT_HEADERS_SINCE = 25;
    private static final int UNSAFE_FLAG_SINCE = 23;
    /** It has time: what the cluster does goes first. */
    private static final List<String> NICE = List.of("/usr/bin/nice", "-n", "5");

    private KafkaCommand() {}

    static List<String> of(DataDirectory data, BrokerPlan plan, KafkaPki pki, String classPath) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of(NICE.get(0)))) {
            command.addAll(NICE);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(Runtime.version().feature()));
        command.addAll(List.of("-cp", classPath, BrokerJars.MAIN, "folder=" + data.kafka(), "port=" + plan.port(),
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
