package dev.xebec.node.volume;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file of a volume. @param mode permission bits, such as 0644 */
record VolumeFile(byte[] content, int mode) {

    boolean same(@Nullable VolumeFile other) {
        return other != null && mode == other.mode && Arrays.equals(content, other.content);
    }
}
