package dev.xebec.server.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.server.StartupException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void foldersAreTheUsersAlone() throws Exception {
        DataDirectory data = new DataDirectory(folder.resolve("cluster"));
        data.prepare();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.pki()))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.root()))).isEqualTo("rwx------");
    }

    @Test
    void dataOfAnotherFormatIsRefusedInOneSentence() throws Exception {
        DataDirectory data = new DataDirectory(folder);
        data.prepare();
        Files.writeString(folder.resolve("format"), "99\n");
        assertThatThrownBy(data::prepare).isInstanceOf(StartupException.class).hasMessageContaining("has format 99")
                .hasMessageContaining("--data");
    }

    @Test
    void aFileInTheWayIsSaid() throws Exception {
        Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(new DataDirectory(folder.resolve("file"))::prepare).isInstanceOf(StartupException.class)
                .hasMessageContaining("--data");
    }

    @Test
    void aStartIsNotRefusedBecauseSomebodyAsksForTheStatusJustThen() throws Exception {
        DataDirectory data = new DataDirectory(folder);
        data.prepare();
        Process asking = holdLock(data, 300);
        try (FileLock lock = data.lock()) {
            assertThat(lock.isValid()).isTrue();
        }
        assertThat(asking.waitFor()).isZero();
    }

    @Test
    void aFolderInUseIsRefused() throws Exception {
        DataDirectory data = new DataDirectory(folder);
        data.prepare();
        Process running = holdLock(data, 60_000);
        assertThat(data.locked()).isTrue();
        assertThatThrownBy(data::lock).isInstanceOf(StartupException.class).hasMessageContaining("./xebec down");
        running.destroyForcibly().waitFor();
        assertThat(data.locked()).isFalse();
    }

    /** Locks count between processes, so another one has to hold it. */
    private static Process holdLock(DataDirectory data, long millis) throws Exception {
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                LockHolder.class.getName(), data.root().toString(), Long.toString(millis)).start();
        assertThat(holder.inputReader().readLine()).isEqualTo("locked");
        return holder;
    }

    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] arguments) throws Exception {
            try (FileLock lock = new DataDirectory(Path.of(arguments[0])).lock()) {
                System.out.println(lock.isValid() ? "locked" : "not locked");
                Thread.sleep(Long.parseLong(arguments[1]));
            }
        }
    }
}
