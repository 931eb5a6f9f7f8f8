package dev.xebec.system.fault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The two small programs that faults need below Java, compiled at the start of a run.
 *
 * @param networkSwitch {@code switch.c}: an Ethernet switch that can be told to lose and delay
 * @param machine {@code machine.c}: a library that makes clocks jump and disks slow
 */
record NativeTools(Path networkSwitch, Path machine) {

    static NativeTools compile(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path networkSwitch = folder.resolve("switch");
        Command.run(List.of("cc", "-O2", "-o", networkSwitch.toString(), source(folder, "switch.c").toString()));
        Path machine = folder.resolve("machine.so");
        Command.run(List.of("cc", "-O2", "-shared", "-fPIC", "-o", machine.toString(),
                source(folder, "machine.c").toString(), "-ldl"));
        return new NativeTools(networkSwitch, machine);
    }

    private static Path source(Path folder, String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream in = NativeTools.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            Files.copy(in, copy);
        }
        return copy;
    }
}
