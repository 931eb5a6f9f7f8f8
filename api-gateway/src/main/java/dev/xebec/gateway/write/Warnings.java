package dev.xebec.gateway.write;

import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.request.Answer;
import dev.xebec.model.status.RejectedException;
import java.util.List;
import java.util.function.Supplier;

/** Warnings of a request as the {@code Warning} header has them. Source: RFC 7234, section 5.5, code 299. */
final class Warnings {
    /** Characters of all warnings of one answer; the rest is left out. */
    private static final int MAX_CHARS = 4_096;

    private Warnings() {}

    /** What comes of a write, with what there is to warn of: a refusal says that, too. */
    static Answer with(WriteRequest request, Supplier<Answer.Body> write) {
        try {
            return on(write.get(), request.warnings());
        } catch (RejectedException refused) {
            return new Answer.Refused(refused.status(), header(request.warnings()));
        }
    }

    static Answer.Body on(Answer.Body body, List<String> warnings) {
        String header = header(warnings);
        return header.isEmpty() ? body : body.header("Warning", header);
    }

    private static String header(List<String> warnings) {
        StringBuilder header = new StringBuilder();
        for (String warning : warnings) {
            String one = "299 - \"" + quoted(warning) + "\"";
            if (header.length() + one.length() > MAX_CHARS) {
                break;
            }
            header.append(header.isEmpty() ? "" : ", ").append(one);
        }
        return header.toString();
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
