package dev.xebec.model.managed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An object that does not fit its schema as far as server-side apply looks at it. */
public final class TypedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TypedException(String path, String problem) {
        this(List.of(new Problem(path, problem)));
    }

    TypedException(List<Problem> problems) {
        super(text(problems), null, false, false);
    }

    /** What is wrong where. */
    record Problem(String path, String text) {
        @Override
        public String toString() {
            return path.isEmpty() ? text : path + ": " + text;
        }
    }

    private static String text(List<Problem> problems) {
        return problems.size() == 1
                ? problems.get(0).toString()
                : problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n", "errors:\n", ""));
    }

    /** The text, which is never missing. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    /** Collects problems. */
    static final class Problems {
        private final List<Problem> all = new ArrayList<>();

        void add(String path, String text) {
            all.add(new Problem(path, text));
        }

        boolean isEmpty() {
            return all.isEmpty();
        }

        void refuse() {
            if (!all.isEmpty()) {
                throw new TypedException(List.copyOf(all));
            }
        }
    }
}
