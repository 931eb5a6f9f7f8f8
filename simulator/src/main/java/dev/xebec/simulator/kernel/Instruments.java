package dev.xebec.simulator.kernel;

import dev.xebec.simulator.hook.Ambient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import net.bytebuddy.agent.ByteBuddyAgent;

/**
 * Puts the hooks into this JVM, once: our classes, the virtual threads and what of the JDK waits or asks for the time.
 * Other threads than a simulation's notice nothing.
 *
 * <p>Needs {@code -Djdk.attach.allowAttachSelf=true -XX:+EnableDynamicAgentLoading}.
 */
final class Instruments {
    private static boolean installed;

    private Instruments() {}

    static void install() {
        if (installed) {
            return;
        }
        Instrumentation instrumentation = ByteBuddyAgent.install();
        showToTheJdk(instrumentation);
        HookWriter writer = new HookWriter();
        instrumentation.addTransformer(writer, true);
        List<Class<?>> loaded = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            if (HookWriter.concerns(each.getName().replace('.', '/')) && instrumentation.isModifiableClass(each)) {
                loaded.add(each);
            }
        }
        try {
            instrumentation.retransformClasses(loaded.toArray(Class<?>[]::new));
        } catch (UnmodifiableClassException impossible) {
            throw new IllegalStateException(impossible);
        }
        writer.requireAll();
        installed = true;
    }

    /** The hooks' class has to be found by the JDK's loader, before anybody loads it from elsewhere. */
    private static void showToTheJdk(Instrumentation instrumentation) {
        try {
            Path jar = Files.createTempFile("xebec-hooks", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream file = Files.newOutputStream(jar); JarOutputStream out = new JarOutputStream(file)) {
                String entry = "dev/xebec/simulator/hook/Ambient.class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream bytes = Instruments.class.getClassLoader().getResourceAsStream(entry)) {
                    if (bytes == null) {
                        throw new IllegalStateException("no " + entry + " on the class path");
                    }
                    bytes.transferTo(out);
                }
            }
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar.toFile()));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        if (Ambient.class.getClassLoader() != null) {
            throw new IllegalStateException("the hooks were loaded before they were shown to the JDK");
        }
    }
}
