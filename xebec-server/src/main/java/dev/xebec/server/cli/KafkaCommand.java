package dev.xebec.server.cli;

import dev.xebec.server.StartupException;
import dev.xebec.server.role.AddressWatch;
import dev.xebec.server.role.BrokerRole;
import dev.xebec.server.role.RoleSetting;
import dev.xebec.server.role.ThisMachine;
import dev.xebec.server.supervisor.BrokerJars;
import java.lang.reflect.InvocationTargetException;
import java.net.SocketException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xebec kafka}: the embedded broker in a process of its own. */
@Command(description = "Run the embedded Kafka broker in a process of its own: KRaft, mutual TLS, one broker. Each flag is also a name in the "
        + "file of --config and, as XEBEC_…, in the environment.", mixinStandardHelpOptions = true)
final class KafkaCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;
    @Option(names = "--config", paramLabel = "FILE", description = "a file of settings, YAML or .properties")
    private @Nullable Path file;

    @Override
    public Integer call() throws SocketException {
        BrokerRole role = SettingFlags.read(Objects.requireNonNull(spec), RoleSetting.BROKER, file,
                settings -> BrokerRole.read(settings, new ThisMachine()));
        AddressWatch.start(new ThisMachine().address());
        // Its libraries are other versions of ours.
        URLClassLoader jars = new URLClassLoader("kafka", BrokerJars.urls(), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(jars);
        try {
            jars.loadClass(BrokerJars.MAIN).getMethod("alone", Map.class).invoke(null, role.arguments());
            return 0;
        } catch (InvocationTargetException failed) {
            Throwable cause = failed.getCause() == null ? failed : failed.getCause();
            throw new StartupException("the Kafka broker cannot start: " + cause.getMessage(), cause);
        } catch (ReflectiveOperationException missing) {
            throw new StartupException("this build's Kafka broker is of another version: " + missing.getMessage(),
                    missing);
        }
    }
}
