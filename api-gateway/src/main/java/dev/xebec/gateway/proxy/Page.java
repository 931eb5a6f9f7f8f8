package dev.xebec.gateway.proxy;

import dev.xebec.contracts.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A page's body, packed or not, with its links rewritten. Read byte by byte as Latin-1, so that no encoding is harmed. */
final class Page {
    /** Bytes of a page, packed and unfolded; larger ones go through as they are. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private Page() {}

    /** Whether pages in this encoding can be read. */
    static boolean readable(String encoding) {
        return encoding.isEmpty() || encoding.equals("gzip") || encoding.equals("deflate");
    }

    /** The page itself where it cannot be unfolded, or unfolds into too much. */
    static Bytes rewritten(byte[] body, String encoding, Links links) {
        try (InputStream in = unpacked(body, encoding)) {
            byte[] text = in.readNBytes(MAX_BYTES + 1);
            if (text.length > MAX_BYTES) {
                return Bytes.of(body);
            }
            byte[] page = HtmlLinks.rewritten(new String(text, StandardCharsets.ISO_8859_1), links::rewritten)
                    .getBytes(StandardCharsets.ISO_8859_1);
            return Bytes.of(packed(page, encoding));
        } catch (IOException malformed) {
            return Bytes.of(body);
        }
    }

    private static InputStream unpacked(byte[] body, String encoding) throws IOException {
        InputStream raw = new ByteArrayInputStream(body);
        return switch (encoding) {
            case "gzip" -> new GZIPInputStream(raw);
            case "deflate" -> new InflaterInputStream(raw, new Inflater(true));
            default -> raw;
        };
    }

    private static byte[] packed(byte[] page, String encoding) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(page.length / 2 + 64);
        OutputStream packing = switch (encoding) {
            case "gzip" -> new GZIPOutputStream(out);
            case "deflate" -> new DeflaterOutputStream(out, new Deflater(Deflater.BEST_COMPRESSION, true));
            default -> out;
        };
        try (packing) {
            packing.write(page);
        }
        return out.toByteArray();
    }
}
