package dev.xebec.system.suite;

import dev.xebec.system.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One cluster in one process for all suites that leave others alone: started for the first that asks, stopped after the last
 * test of the module. A suite works in namespaces of its own and gives cluster-wide objects names of its own.
 */
public final class SharedCluster implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.create(SharedCluster.class))
                .getOrComputeIfAbsent(Running.class, none -> Running.start(), Running.class).cluster();
    }

    /** The cluster and its folder. */
    record Running(TestCluster cluster, Path folder) implements AutoCloseable {

        static Running start() {
            try {
                Path folder = Files.createTempDirectory("xebec-suites");
                return new Running(TestCluster.up(folder), folder);
            } catch (Exception failure) {
                throw new IllegalStateException("no cluster for the suites", failure);
            }
        }

        @Override
        public void close() throws Exception {
            cluster.close();
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    delete(file);
                }
            }
        }

        private static void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }
    }
}
