package dev.xebec.model.kind;

import java.util.ArrayList;
import java.util.List;

/** A line of a description as its words: what stands between spaces. */
final class Words {

    private Words() {}

    static List<String> of(String line) {
        List<String> words = new ArrayList<>(8);
        int at = 0;
        while (at < line.length()) {
            int space = line.indexOf(' ', at);
            int end = space < 0 ? line.length() : space;
            if (end > at) {
                words.add(line.substring(at, end));
            }
            at = end + 1;
        }
        return words;
    }
}
