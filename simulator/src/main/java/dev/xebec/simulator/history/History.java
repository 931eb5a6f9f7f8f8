package dev.xebec.simulator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What all clients did, in no order. Immutable. */
public record History(List<Entry> entries) {

    public History {
        entries = List.copyOf(entries);
    }

    /** The writes that ended between two moments, and what watches told then; all that {@link Gaps} looks at. */
    public History between(long from, long to) {
        List<Entry> within = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Write && entry.ended() >= from && entry.ended() <= to) {
                within.add(entry);
            } else if (entry instanceof Entry.Watch watch && watch.begun() <= to && watch.ended() >= from) {
                List<WatchItem> items = watch.items().stream().filter(item -> item.at() >= from && item.at() <= to)
                        .toList();
                within.add(new Entry.Watch(watch.client(), watch.gateway(), watch.begun(), watch.ended(),
                        watch.scope(), watch.from(), watch.start(), items, watch.end()));
            }
        }
        return new History(within);
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
