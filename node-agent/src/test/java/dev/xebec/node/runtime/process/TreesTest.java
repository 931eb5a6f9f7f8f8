package dev.xebec.node.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path directory;

    /** Deletes as a process that permissions hold for: root only without the right to pass over them. */
    public static void main(String[] trees) throws IOException {
        for (String tree : trees) {
            Trees.delete(Path.of(tree));
        }
    }

    private static String classes(Class<?> of) throws URISyntaxException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    private static Path sealed(Path sealed, String permissions) throws IOException {
        Files.createDirectories(sealed);
        Files.writeString(sealed.resolve("file"), "content");
        Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString(permissions));
        return sealed;
    }

    @Test
    void directoriesThatTheirOwnerMadeReadOnlyAreDeletedToo() throws Exception {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Path readOnly = Files.createDirectories(tree.resolve("module"));
        sealed(readOnly.resolve("cache"), "r-xr-xr-x");
        sealed(tree.resolve("blind"), "-wx------");
        sealed(tree.resolve("shut"), "---------");
        sealed(readOnly, "r-xr-xr-x");
        List<String> command = new ArrayList<>();
        if (Files.isWritable(readOnly)) {
            command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search",
                    "--inh-caps=-dac_override,-dac_read_search"));
        }
        command.addAll(List.of(System.getProperty("java.home") + "/bin/java", "-cp",
                classes(Trees.class) + ":" + classes(TreesTest.class), TreesTest.class.getName(), tree.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(tree).doesNotExist();
    }

    @Test
    void whatALinkPointsToStays() throws IOException {
        Path kept = Files.writeString(Files.createDirectories(directory.resolve("kept")).resolve("file"), "content");
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("link"), kept.getParent());
        Trees.delete(tree);
        assertThat(tree).doesNotExist();
        assertThat(kept).exists();
    }
}
