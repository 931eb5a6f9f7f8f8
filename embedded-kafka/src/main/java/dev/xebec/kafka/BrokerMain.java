package dev.xebec.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * A broker as a process, told by {@code name=value} arguments: {@code folder}, {@code host}, {@code port} and {@code controllerPort};
 * {@code certificate}, {@code key}, {@code authority}, {@code superUsers} and {@code services} where it is secured;
 * {@code log} for a file; {@code kafka.NAME} for a property of Kafka's own. It ends in order when it is asked to, and when
 * its standard input closes.
 */
public final class BrokerMain {
    /** What a process says once clients are served. */
    static final String READY = "The broker serves ";
    private static final String EXTRA = "kafka.";

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (String argument : arguments) {
            int sign = argument.indexOf('=');
            if (sign < 0) {
                throw new IllegalArgumentException("not of the form name=value: " + argument);
            }
            told.put(argument.substring(0, sign), argument.substring(sign + 1));
        }
        // A Ctrl-C in the terminal is the parent's to act on, which has others to stop before.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        BrokerLog.to(told.getOrDefault("log", ""));
        BrokerSettings settings = settings(told);
        Thread broker = new Thread(() -> run(settings), "broker");
        broker.setDaemon(true);
        broker.start();
        while (System.in.read() >= 0) {
            // Nothing is said here; only the end counts.
        }
        System.exit(0);
    }

    /** Runs until the process is told to end; returns never, and throws where the broker cannot start. */
    public static void alone(Map<String, String> told) throws InterruptedException {
        BrokerLog.to(told.getOrDefault("log", ""));
        EmbeddedBroker broker = EmbeddedBroker.start(settings(told));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
        System.out.println(READY + broker.bootstrap());
        new CountDownLatch(1).await();
    }

    private static void run(BrokerSettings settings) {
        EmbeddedBroker broker;
        try {
            broker = EmbeddedBroker.start(settings);
        } catch (RuntimeException | Error failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop"));
        System.out.println(READY + broker.bootstrap());
    }

    static BrokerSettings settings(Map<String, String> told) {
        Map<String, String> extra = new TreeMap<>();
        told.forEach((name, value) -> {
            if (name.startsWith(EXTRA)) {
                extra.put(name.substring(EXTRA.length()), value);
            }
        });
        return new BrokerSettings(path(told, "folder"), told.getOrDefault("host", BrokerProperties.HOST),
                number(told, "port"), number(told, "controllerPort"),
                told.containsKey("certificate") ? Optional.of(tls(told)) : Optional.empty(), extra);
    }

    private static BrokerTls tls(Map<String, String> told) {
        return new BrokerTls(path(told, "certificate"), path(told, "key"), path(told, "authority"),
                names(told, "superUsers"), names(told, "services"));
    }

    private static Set<String> names(Map<String, String> told, String name) {
        String list = told.getOrDefault(name, "");
        return list.isEmpty() ? Set.of() : Set.of(list.split(","));
    }

    private static Path path(Map<String, String> told, String name) {
        return Path.of(required(told, name));
    }

    private static int number(Map<String, String> told, String name) {
        return Integer.parseInt(required(told, name));
    }

    private static String required(Map<String, String> told, String name) {
        String value = told.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + "=… is missing");
        }
        return value;
    }
}
