package dev.xebec.state.rocks;

import org.rocksdb.RocksDB;

/** RocksDB's native code, loaded once per process. */
final class NativeLibrary {
    private NativeLibrary() {
    }

    static void load() {
        RocksDB.loadLibrary();
    }
}
