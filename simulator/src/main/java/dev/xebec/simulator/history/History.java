package dev.xebec.simulator.history;

import java.util.List;
import java.util.stream.Stream;

/** What all clients did, in no order. Immutable. */
public record History(List<Entry> entries) {

    public History {
        entries = List.copyOf(entries);
    }

    <T extends Entry> Stream<T> each(Class<T> kind) {
        return entries.stream().filter(kind::isInstance).map(kind::cast);
    }

    List<Entry.Write> writes() {
        return each(Entry.Write.class).toList();
    }

    /** Lists by themselves and those that watches begin with. */
    List<Entry.Listing> listings() {
        return Stream.concat(each(Entry.Listing.class),
                each(Entry.Watch.class).flatMap(watch -> Stream.ofNullable(watch.start()))).toList();
    }

    List<Entry.Watch> watches() {
        return each(Entry.Watch.class).toList();
    }

    long firstMoment() {
        return entries.stream().mapToLong(Entry::begun).min().orElse(0);
    }
}
