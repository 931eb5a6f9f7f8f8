package dev.xebec.server.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.server.StartupException;
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
}
