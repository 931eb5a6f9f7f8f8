package dev.xebec.simulator.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Revisions go with real time over all objects: a write that began after another was acknowledged has a greater revision,
 * and a linearizable list has at least the revision of every write acknowledged before it began.
 */
final class RealTimeCheck implements HistoryCheck {

    /** @param revision that the operation has shown to exist by its end */
    private record Point(String text, long begun, long ended, long revision, boolean write) {}

    @Override
    public String name() {
        return "revisions in real time";
    }

    @Override
    public long size(History history, Timeline timeline) {
        return points(history).size();
    }

    @Override
    public List<String> violations(History history, Timeline timeline) {
        List<Point> points = points(history);
        List<Point> byBegin = points.stream().sorted(Comparator.comparingLong(Point::begun)).toList();
        List<Point> byEnd = points.stream().sorted(Comparator.comparingLong(Point::ended)).toList();
        List<String> found = new ArrayList<>();
        Point newest = null;
        int ended = 0;
        for (Point point : byBegin) {
            while (ended < byEnd.size() && byEnd.get(ended).ended() < point.begun()) {
                newest = newer(newest, byEnd.get(ended++));
            }
            if (newest != null && (point.revision() < newest.revision()
                    || point.revision() == newest.revision() && point.write())) {
                found.add(point.text() + " has revision " + point.revision() + " though it began "
                        + (point.begun() - newest.ended()) / 1_000 + " µs after " + newest.text()
                        + " had shown revision "
                        + newest.revision());
            }
        }
        return found;
    }

    private static Point newer(@Nullable Point newest, Point other) {
        return newest == null || other.revision() > newest.revision() ? other : newest;
    }

    private static List<Point> points(History history) {
        return Stream.concat(changes(history),
                history.listings().stream()
                        .filter(listing -> listing.consistency() == Entry.Consistency.LINEARIZABLE)
                        .map(listing -> new Point("the list of " + listing.scope() + " by " + listing.who(),
                                listing.begun(), listing.ended(), listing.revision(), false)))
                .toList();
    }

    /** An answer that shows what was there already, of a write that changed nothing, is no change. */
    private static Stream<Point> changes(History history) {
        return history.each(Entry.Write.class).flatMap(write -> {
            ObjectState state = write.acknowledged();
            return state != null && changed(write.intent(), state)
                    ? Stream.of(new Point(write.who() + "'s write of " + state,
                            write.begun(), write.ended(), state.revision(), true))
                    : Stream.empty();
        });
    }

    private static boolean changed(Intent intent, ObjectState state) {
        return intent instanceof Intent.Create
                || !intent.value().isEmpty() && state.value().equals(intent.value());
    }
}
