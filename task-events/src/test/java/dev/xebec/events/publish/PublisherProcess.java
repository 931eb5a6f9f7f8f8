package dev.xebec.events.publish;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A publisher in a process of its own, that believes that everything is its own, until somebody kills it. */
final class PublisherProcess {
    private PublisherProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        Ground ground = new Ground(arguments[0], Vertx.vertx());
        ground.start(new LogFile(Path.of(arguments[2])), ground.settings(arguments[1]));
        Thread.currentThread().join();
    }

    static Process start(String bootstrap, String topic, Path log) throws IOException {
        String tests = System.getProperty("surefire.test.class.path");
        return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m", "-cp",
                tests == null ? System.getProperty("java.class.path") : tests, PublisherProcess.class.getName(),
                bootstrap, topic, log.toString())).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
