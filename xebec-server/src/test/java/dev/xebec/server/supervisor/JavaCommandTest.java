package dev.xebec.server.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaCommandTest {
    @Test
    void aFolderWithASpaceDoesNotBreakAFlagInTwo() {
        assertThat(JavaCommand.words("-Xmx1g\n-XX:AOTCache=/my projects/xebec/jdk-25.aot\n", "\n"))
                .containsExactly("-Xmx1g", "-XX:AOTCache=/my projects/xebec/jdk-25.aot");
    }

    @Test
    void whatAPersonWritesIsPartedBySpaces() {
        assertThat(JavaCommand.words(" -Xmx2g  -Dkey=value ", "\\s+")).containsExactly("-Xmx2g", "-Dkey=value");
        assertThat(JavaCommand.words(null, "\\s+")).isEmpty();
        assertThat(JavaCommand.words(" ", "\n")).isEmpty();
    }
}
