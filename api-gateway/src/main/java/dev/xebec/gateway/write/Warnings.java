package dev.xebec.gateway.write;

import dev.xebec.gateway.request.Answer;
import java.util.List;

/** Warnings of a request as the {@code Warning} header has them. Source: RFC 7234, section 5.5, code 299. */
final class Warnings {
    /** Characters of all warnings of one answer; the rest is left out. */
    private static final int MAX_CHARS = 4_096;

    private Warnings() {}

    static Answer.Body on(Answer.Body body, List<String> warnings) {
        if (warnings.isEmpty()) {
            return body;
        }
        StringBuilder header = new StringBuilder();
        for (String warning : warnings) {
            String one = "299 - \"" + quoted(warning) + "\"";
            if (header.length() + one.length() > MAX_CHARS) {
                break;
            }
            header.append(header.isEmpty() ? "" : ", ").append(one);
        }
        return header.isEmpty() ? body : body.header("Warning", header.toString());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < ' ' || c == 0x7f ? ' ' : c);
        }
        return quoted.toString();
    }
}
