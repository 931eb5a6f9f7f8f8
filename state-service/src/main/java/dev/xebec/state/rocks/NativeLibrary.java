package dev.xebec.state.rocks;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native code, loaded once per process. Left to itself it unpacks some 17 MB into a temporary file at each start;
 * here it is unpacked once beside the state.
 */
final class NativeLibrary {
    private NativeLibrary() {}

    /** @param directory where the unpacked library is kept */
    static synchronized void load(Path directory) throws IOException {
        String name = Environment.getJniLibraryFileName("rocksdb");
        URL packed = RocksDB.class.getClassLoader().getResource(name);
        if (packed == null) {
            RocksDB.loadLibrary();
            return;
        }
        // RocksDB looks in given directories for another name than the file has in its archive.
        unpack(packed, directory.resolve(Environment.getJniLibraryFileName("rocksdbjni")));
        RocksDB.loadLibrary(List.of(directory.toString()));
    }

    /** Size and time of the packed file tell whether the unpacked one is of the same build. */
    private static void unpack(URL packed, Path target) throws IOException {
        URLConnection connection = packed.openConnection();
        long size = connection.getContentLengthLong();
        FileTime time = FileTime.fromMillis(connection.getLastModified());
        try (InputStream content = connection.getInputStream()) {
            if (Files.exists(target) && Files.size(target) == size && Files.getLastModifiedTime(target).equals(time)) {
                return;
            }
            Files.createDirectories(target.getParent());
            Path unfinished = Files.createTempFile(target.getParent(), "unpacking", ".so");
            Files.copy(content, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(unfinished, time);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
