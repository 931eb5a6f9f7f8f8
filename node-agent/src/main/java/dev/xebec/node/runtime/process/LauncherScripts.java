package dev.xebec.node.runtime.process;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Puts the launcher's scripts where a shell can read them. */
final class LauncherScripts {
    private LauncherScripts() {}

    /**
     * Returns the path of {@code supervise.sh}. Replaced by renaming: a running supervisor still reads the file that it was
     * started from.
     */
    static Path install(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (String name : List.of("run.sh", "isolate.sh", "supervise.sh")) {
            try (InputStream script = LauncherScripts.class.getResourceAsStream(name)) {
                if (script == null) {
                    throw new FileNotFoundException("missing resource " + name);
                }
                Path fresh = directory.resolve(name + ".new");
                Files.copy(script, fresh, StandardCopyOption.REPLACE_EXISTING);
                Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return directory.resolve("supervise.sh");
    }
}
