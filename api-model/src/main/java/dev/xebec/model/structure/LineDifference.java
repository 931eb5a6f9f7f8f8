package dev.xebec.model.structure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What changed between two texts, as a unified diff with three lines around each change. The longest run of lines that both
 * have is found first, then the longest on either side of it, and so on: the method of Ratcliff and Obershelp, which leaves
 * out lines that stand in more than a hundredth of a long text. Source: Python's {@code difflib}, which Go's follows.
 */
final class LineDifference {
    private static final int CONTEXT = 3;
    /** Lines from which on a line may be too frequent to begin a match. */
    private static final int LONG = 200;
    /** Lines of a text that are compared; the work grows with their square. */
    private static final int MAX_LINES = 20_000;
    private static final int[] NOWHERE = {};

    private final List<String> before;
    private final List<String> now;
    /** Where the lines of the later text stand in it. */
    private final Map<String, int[]> places;
    /** Lengths of the runs that end with the line looked at last and a line of the later text; and those of the next. */
    private int[] lengths;
    private int[] next;

    private LineDifference(List<String> before, List<String> now) {
        this.before = before;
        this.now = now;
        this.places = places(now);
        this.lengths = new int[now.size()];
        this.next = new int[now.size()];
    }

    /** A run of equal lines. */
    private record Run(int before, int now, int length) {}

    /** What is still to be matched: lines from inclusive to exclusive. */
    private record Range(int from, int to, int nowFrom, int nowTo) {}

    /** Lines that stay, or that others take the place of. */
    private record Step(boolean kept, int from, int to, int nowFrom, int nowTo) {}

    static String of(String before, String now) {
        List<String> from = List.of(before.split("\n", -1));
        List<String> to = List.of(now.split("\n", -1));
        return from.size() > MAX_LINES || to.size() > MAX_LINES ? "" : new LineDifference(from, to).unified();
    }

    private static Map<String, int[]> places(List<String> lines) {
        Map<String, List<Integer>> all = new HashMap<>();
        for (int at = 0; at < lines.size(); at++) {
            all.computeIfAbsent(lines.get(at), line -> new ArrayList<>()).add(at);
        }
        int most = lines.size() >= LONG ? lines.size() / 100 + 1 : Integer.MAX_VALUE;
        Map<String, int[]> places = new HashMap<>();
        all.forEach((line, at) -> {
            if (at.size() <= most) {
                places.put(line, at.stream().mapToInt(Integer::intValue).toArray());
            }
        });
        return places;
    }

    private String unified() {
        StringBuilder text = new StringBuilder();
        for (List<Step> hunk : hunks(steps())) {
            Step first = hunk.getFirst();
            Step last = hunk.getLast();
            text.append("@@ -").append(range(first.from, last.to)).append(" +").append(range(first.nowFrom, last.nowTo))
                    .append(" @@\n");
            for (Step step : hunk) {
                lines(step.kept ? " " : "-", before.subList(step.from, step.to), text);
                if (!step.kept) {
                    lines("+", now.subList(step.nowFrom, step.nowTo), text);
                }
            }
        }
        return text.toString();
    }

    private static void lines(String sign, List<String> lines, StringBuilder text) {
        lines.forEach(line -> text.append(sign).append(line).append('\n'));
    }

    private static String range(int from, int to) {
        int length = to - from;
        return length == 1 ? String.valueOf(from + 1) : (length == 0 ? from : from + 1) + "," + length;
    }

    private List<List<Step>> hunks(List<Step> steps) {
        List<List<Step>> hunks = new ArrayList<>();
        List<Step> hunk = new ArrayList<>();
        for (int at = 0; at < steps.size(); at++) {
            Step step = steps.get(at);
            boolean ends = at == 0 || at == steps.size() - 1;
            if (!step.kept || !ends && step.to - step.from <= 2 * CONTEXT) {
                hunk.add(step);
                continue;
            }
            if (at > 0) {
                hunk.add(new Step(true, step.from, Math.min(step.to, step.from + CONTEXT), step.nowFrom,
                        Math.min(step.nowTo, step.nowFrom + CONTEXT)));
            }
            if (!ends) {
                hunks.add(hunk);
                hunk = new ArrayList<>();
            }
            if (at < steps.size() - 1) {
                hunk.add(new Step(true, Math.max(step.from, step.to - CONTEXT), step.to,
                        Math.max(step.nowFrom, step.nowTo - CONTEXT), step.nowTo));
            }
        }
        if (hunk.stream().anyMatch(step -> !step.kept)) {
            hunks.add(hunk);
        }
        return hunks;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        int nowAt = 0;
        for (Run run : runs()) {
            if (at < run.before || nowAt < run.now) {
                steps.add(new Step(false, at, run.before, nowAt, run.now));
            }
            at = run.before + run.length;
            nowAt = run.now + run.length;
            if (run.length > 0) {
                steps.add(new Step(true, run.before, at, run.now, nowAt));
            }
        }
        return steps;
    }

    /** In their order, none beside the other; the last one is empty and stands at the ends. */
    private List<Run> runs() {
        List<Run> found = new ArrayList<>();
        Deque<Range> open = new ArrayDeque<>();
        open.push(new Range(0, before.size(), 0, now.size()));
        while (!open.isEmpty()) {
            Range range = open.pop();
            Run run = longest(range);
            if (run.length > 0) {
                found.add(run);
                if (range.from < run.before && range.nowFrom < run.now) {
                    open.push(new Range(range.from, run.before, range.nowFrom, run.now));
                }
                if (run.before + run.length < range.to && run.now + run.length < range.nowTo) {
                    open.push(new Range(run.before + run.length, range.to, run.now + run.length, range.nowTo));
                }
            }
        }
        found.sort(Comparator.comparingInt(Run::before));
        List<Run> joined = new ArrayList<>();
        for (Run run : found) {
            Run last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && last.before + last.length == run.before && last.now + last.length == run.now) {
                joined.set(joined.size() - 1, new Run(last.before, last.now, last.length + run.length));
            } else {
                joined.add(run);
            }
        }
        joined.add(new Run(before.size(), now.size(), 0));
        return joined;
    }

    /** The longest run within a range; of equal ones the first. */
    private Run longest(Range range) {
        Run best = new Run(range.from, range.nowFrom, 0);
        int[] last = NOWHERE;
        for (int at = range.from; at < range.to; at++) {
            int[] here = places.getOrDefault(before.get(at), NOWHERE);
            for (int place : here) {
                if (place >= range.nowFrom && place < range.nowTo) {
                    int length = (place == range.nowFrom ? 0 : lengths[place - 1]) + 1;
                    next[place] = length;
                    if (length > best.length) {
                        best = new Run(at - length + 1, place - length + 1, length);
                    }
                }
            }
            forget(last, lengths);
            int[] spent = lengths;
            lengths = next;
            next = spent;
            last = here;
        }
        forget(last, lengths);
        return extended(best, range);
    }

    private static void forget(int[] places, int[] lengths) {
        for (int place : places) {
            lengths[place] = 0;
        }
    }

    private Run extended(Run run, Range range) {
        int from = run.before;
        int nowFrom = run.now;
        int length = run.length;
        while (from > range.from && nowFrom > range.nowFrom && before.get(from - 1).equals(now.get(nowFrom - 1))) {
            from--;
            nowFrom--;
            length++;
        }
        while (from + length < range.to && nowFrom + length < range.nowTo
                && before.get(from + length).equals(now.get(nowFrom + length))) {
            length++;
        }
        return new Run(from, nowFrom, length);
    }
}
