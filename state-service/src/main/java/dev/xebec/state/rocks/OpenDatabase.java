package dev.xebec.state.rocks;

import dev.xebec.state.machine.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** A RocksDB with all that has to be freed with it. Sizes are for a control plane beside other things on a machine. */
final class OpenDatabase implements AutoCloseable {
    private static final long BLOCK_CACHE_BYTES = 64L * 1024 * 1024;
    /** All families together; beyond it they are flushed. */
    private static final long MEMTABLES_BYTES = 64L * 1024 * 1024;
    private static final long MEMTABLE_BYTES = 16L * 1024 * 1024;
    private static final long INFO_LOG_BYTES = 4L * 1024 * 1024;

    private final RocksDB db;
    private final Map<Table, ColumnFamilyHandle> families;
    /** In the order to free them. */
    private final List<AutoCloseable> parts;

    private OpenDatabase(RocksDB db, Map<Table, ColumnFamilyHandle> families, List<AutoCloseable> parts) {
        this.db = db;
        this.families = families;
        this.parts = parts;
    }

    static OpenDatabase open(Path directory) throws RocksDBException, IOException {
        NativeLibrary.load(directory.resolveSibling("native"));
        Cache cache = new LRUCache(BLOCK_CACHE_BYTES);
        BloomFilter filter = new BloomFilter(10);
        ColumnFamilyOptions family = new ColumnFamilyOptions()
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter)
                        .setFormatVersion(5))
                .setWriteBufferSize(MEMTABLE_BYTES).setCompressionType(CompressionType.LZ4_COMPRESSION);
        DBOptions options = options();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family));
        for (Table table : Table.values()) {
            byte[] name = table.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            descriptors.add(new ColumnFamilyDescriptor(name, family));
        }
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        RocksDB db = RocksDB.open(options, directory.toString(), descriptors, handles);
        Map<Table, ColumnFamilyHandle> families = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            families.put(table, handles.get(table.ordinal() + 1));
        }
        List<AutoCloseable> parts = new ArrayList<>(handles);
        parts.addAll(List.of(db, options, family, filter, cache));
        return new OpenDatabase(db, families, parts);
    }

    private static DBOptions options() {
        return new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true).setAtomicFlush(true)
                .setDbWriteBufferSize(MEMTABLES_BYTES).setMaxBackgroundJobs(2).setMaxOpenFiles(512)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL).setKeepLogFileNum(2).setMaxLogFileSize(INFO_LOG_BYTES)
                .setStatsDumpPeriodSec(0).setStatsPersistPeriodSec(0).setSkipStatsUpdateOnDbOpen(true);
    }

    RocksDB db() {
        return db;
    }

    ColumnFamilyHandle family(Table table) {
        ColumnFamilyHandle handle = families.get(table);
        if (handle == null) {
            throw new IllegalStateException("no column family for " + table);
        }
        return handle;
    }

    List<ColumnFamilyHandle> allFamilies() {
        return List.copyOf(families.values());
    }

    @Override
    public void close() {
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("a RocksDB object could not be freed", e);
            }
        }
    }
}
