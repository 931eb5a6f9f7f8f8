package dev.xebec.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.node.runtime.LogEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class LogLinesProperties {

    /** However the output is cut into batches, what is read back is what was written. */
    @Property(tries = 300)
    void nothingIsLostOrAdded(@ForAll @CharRange(from = '\n', to = '\r') @StringLength(max = 300) String output,
            @ForAll @IntRange(min = 1, max = 50) int batch, @ForAll @IntRange(min = 1, max = 20) int part) {
        byte[] all = output.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        int offset = 0;
        int seen = 0;
        while (offset < all.length) {
            seen = Math.min(all.length, Math.max(seen, offset) + batch);
            byte[] rest = Arrays.copyOfRange(all, offset, seen);
            offset += LogLines.stampInto(log, rest, rest.length, false, Instant.EPOCH, seen == all.length, part);
        }
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        for (String line : log.toString(StandardCharsets.UTF_8).split("\n")) {
            LogEntry entry = LogLines.parse(line.getBytes(StandardCharsets.UTF_8));
            if (entry != null) {
                back.writeBytes(entry.text());
                if (entry.whole()) {
                    back.write('\n');
                }
            }
        }
        assertThat(back.toString(StandardCharsets.UTF_8)).isEqualTo(output);
    }
}
