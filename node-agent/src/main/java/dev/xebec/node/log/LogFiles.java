package dev.xebec.node.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The stamped files of one container by their generation: {@code log.1} is the oldest there ever was. */
record LogFiles(Path directory) {
    private static final String PREFIX = "log.";

    Path of(long generation) {
        return directory.resolve(PREFIX + generation);
    }

    /** Oldest first. */
    List<Long> generations() throws IOException {
        List<Long> generations = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return generations;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                String number = file.getFileName().toString().substring(PREFIX.length());
                if (!number.isEmpty() && number.chars().allMatch(Character::isDigit)) {
                    generations.add(Long.parseLong(number));
                }
            }
        }
        Collections.sort(generations);
        return generations;
    }
}
