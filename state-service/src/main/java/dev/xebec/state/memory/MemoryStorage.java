package dev.xebec.state.memory;

import dev.xebec.state.machine.Storage;
import dev.xebec.state.machine.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tables in memory, gone with the process. A batch's changes become visible one after the other, in its order. */
public final class MemoryStorage implements Storage {
    private final Map<Table, ConcurrentNavigableMap<byte[], byte[]>> tables = new EnumMap<>(Table.class);

    public MemoryStorage() {
        for (Table table : Table.values()) {
            tables.put(table, new ConcurrentSkipListMap<>(Arrays::compareUnsigned));
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return map(table).get(key);
    }

    @Override
    public <R extends @Nullable Object> R read(Table table, Function<Cursor, R> reader) {
        return reader.apply(new MapCursor(map(table)));
    }

    @Override
    public Batch batch() {
        return new Changes();
    }

    @Override
    public void commit(Batch batch) {
        for (Changes.One change : ((Changes) batch).changes) {
            ConcurrentNavigableMap<byte[], byte[]> map = map(change.table);
            if (change.key == null) {
                map.clear();
            } else if (change.value == null) {
                map.remove(change.key);
            } else {
                map.put(change.key, change.value);
            }
        }
    }

    @Override
    public long bytesOnDisk() {
        return 0;
    }

    @Override
    public void close() {
        tables.values().forEach(Map::clear);
    }

    private ConcurrentNavigableMap<byte[], byte[]> map(Table table) {
        ConcurrentNavigableMap<byte[], byte[]> map = tables.get(table);
        if (map == null) {
            throw new IllegalStateException("no table " + table);
        }
        return map;
    }

    private static final class Changes implements Batch {
        private final List<One> changes = new ArrayList<>();

        /** @param key null for all keys; @param value null for none */
        private record One(Table table, byte @Nullable [] key, byte @Nullable [] value) {}

        @Override
        public void put(Table table, byte[] key, byte[] value) {
            changes.add(new One(table, key, value));
        }

        @Override
        public void delete(Table table, byte[] key) {
            changes.add(new One(table, key, null));
        }

        @Override
        public void clear(Table table) {
            changes.add(new One(table, null, null));
        }
    }

    private static final class MapCursor implements Cursor {
        private final ConcurrentNavigableMap<byte[], byte[]> map;
        private Map.@Nullable Entry<byte[], byte[]> entry;

        MapCursor(ConcurrentNavigableMap<byte[], byte[]> map) {
            this.map = map;
        }

        @Override
        public void seek(byte[] key) {
            entry = map.ceilingEntry(key);
        }

        @Override
        public boolean valid() {
            return entry != null;
        }

        @Override
        public void next() {
            entry = map.higherEntry(here().getKey());
        }

        @Override
        public byte[] key() {
            return here().getKey();
        }

        @Override
        public byte[] value() {
            return here().getValue();
        }

        private Map.Entry<byte[], byte[]> here() {
            Map.Entry<byte[], byte[]> current = entry;
            if (current == null) {
                throw new NoSuchElementException("the cursor stands behind the end");
            }
            return current;
        }
    }
}
