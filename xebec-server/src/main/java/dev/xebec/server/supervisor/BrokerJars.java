package dev.xebec.server.supervisor;

import dev.xebec.server.StartupException;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the embedded broker's jars are: in a folder of their own, because their versions are not ours. */
public final class BrokerJars {
    /** What runs it. */
    public static final String MAIN = "dev.xebec.kafka.BrokerMain";

    /** Names the broker's class path where it is not beside this build's jars. */
    private static final String CLASS_PATH = "XEBEC_KAFKA_CLASSPATH";
    private static final String ALL = File.separator + "*";

    private BrokerJars() {}

    /** The broker's class path; empty where this build has none. */
    static Optional<String> classPath() {
        String told = System.getenv(CLASS_PATH);
        if (told != null && !told.isEmpty()) {
            return Optional.of(told);
        }
        return beside(BrokerJars.class.getProtectionDomain().getCodeSource())
                .filter(folder -> folder.toFile().isDirectory()).map(folder -> folder + ALL);
    }

    /** The same for a class loader. */
    public static URL[] urls() {
        String path = classPath().orElseThrow(() -> new StartupException("this build has no jars of the Kafka broker"));
        List<URL> urls = new ArrayList<>();
        try {
            for (String entry : path.split(File.pathSeparator)) {
                if (entry.endsWith(ALL)) {
                    try (Stream<Path> jars = Files
                            .list(Path.of(entry.substring(0, entry.length() - ALL.length())))) {
                        for (Path jar : jars.sorted().toList()) {
                            urls.add(url(jar));
                        }
                    }
                } else {
                    urls.add(url(Path.of(entry)));
                }
            }
        } catch (IOException unreadable) {
            throw new StartupException("cannot read the jars of the Kafka broker: " + unreadable.getMessage(),
                    unreadable);
        }
        return urls.toArray(URL[]::new);
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
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
}
