package dev.xebec.gateway.write;

import dev.xebec.gateway.admission.WriteRequest;
import dev.xebec.gateway.request.Answer;
import dev.xebec.model.status.RejectedException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Warnings of a request as the {@code Warning} header has them, with code 299. Source: RFC 7234, section 5.5; apiserver
 * {@code pkg/endpoints/filters/warning.go}.
 */
final class Warnings {
    /** Characters of all warnings of one answer; where there are more, each is cut and the rest is left out. */
    private static final int MAX_CHARS = 4_096;
    /** Characters of one warning where all of them are too many. */
    private static final int MAX_EACH = 256;

    private Warnings() {}

    /** What comes of a write, with what there is to warn of: a refusal says that, too. */
    static Answer with(WriteRequest request, Supplier<Answer.Body> write) {
        try {
            return on(write.get(), request.warnings());
        } catch (RejectedException refused) {
            String header = header(request.warnings());
            if (header.isEmpty()) {
                throw refused;
            }
            return new Answer.Refused(refused.status(), header);
        }
    }

    static Answer.Body on(Answer.Body body, List<String> warnings) {
        String header = header(warnings);
        return header.isEmpty() ? body : body.header("Warning", header);
    }

    private static String header(List<String> warnings) {
        List<String> said = warnings.stream().filter(Warnings::canBeSaid).distinct().toList();
        boolean cut = said.stream().mapToInt(Warnings::length).sum() > MAX_CHARS;
        StringBuilder header = new StringBuilder();
        int written = 0;
        for (String warning : said) {
            if (written >= MAX_CHARS) {
                break;
            }
            String text = cut && length(warning) > MAX_EACH
                    ? warning.substring(0, warning.offsetByCodePoints(0, MAX_EACH))
                    : warning;
            written += length(text);
            header.append(header.isEmpty() ? "" : ", ").append("299 - \"").append(quoted(text)).append('"');
        }
        return header.toString();
    }

    /** What is empty or has control characters is left out. */
    private static boolean canBeSaid(String warning) {
        return !warning.isEmpty() && warning.chars().noneMatch(Character::isISOControl);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }
}
