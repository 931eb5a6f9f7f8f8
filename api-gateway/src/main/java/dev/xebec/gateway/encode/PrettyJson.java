package dev.xebec.gateway.encode;

import dev.xebec.contracts.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Indents JSON by two spaces a level, as Go does. Source: Go's {@code encoding/json}, Indent. */
final class PrettyJson {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int level;
    private boolean text;
    private boolean escaped;
    /** An opened object or list in which nothing has come yet. */
    private boolean opened;

    private PrettyJson() {}

    static Bytes of(List<Bytes> chunks) {
        PrettyJson pretty = new PrettyJson();
        for (Bytes chunk : chunks) {
            for (byte one : chunk.array()) {
                pretty.add(one);
            }
        }
        return Bytes.of(pretty.out.toByteArray());
    }

    private void add(byte one) {
        if (text) {
            out.write(one);
            text = escaped || one != '"';
            escaped = !escaped && one == '\\';
            return;
        }
        switch (one) {
            case ' ', '\n', '\r', '\t' -> {
            }
            case '{', '[' -> {
                begin();
                out.write(one);
                level++;
                opened = true;
            }
            case '}', ']' -> {
                level--;
                if (!opened) {
                    line();
                }
                opened = false;
                out.write(one);
            }
            case ',' -> {
                out.write(one);
                line();
            }
            case ':' -> {
                out.write(one);
                out.write(' ');
            }
            default -> {
                begin();
                text = one == '"';
                out.write(one);
            }
        }
    }

    private void begin() {
        if (opened) {
            line();
            opened = false;
        }
    }

    private void line() {
        out.write('\n');
        for (int space = 0; space < 2 * level; space++) {
            out.write(' ');
        }
    }
}
