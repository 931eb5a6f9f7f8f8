package dev.xebec.state.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;

/**
 * The snapshots in Ratis' directory for them: each a directory of its own, complete once it has its name. An installed
 * snapshot replaces the whole directory, so nothing else lives there.
 */
final class Snapshots {
    private static final Pattern NAME = Pattern.compile("snap\\.(\\d+)\\.(\\d+)\\.(-?\\d+)");
    private static final String UNFINISHED = "unfinished";
    /** The newest, and one that may just be on its way to a peer. */
    private static final int KEPT = 2;

    private final Path directory;

    Snapshots(Path directory) {
        this.directory = directory;
    }

    /**
     * @param at the log's position, among it entries that are not the machine's
     * @param machineIndex of the last entry that is the machine's
     */
    record Snapshot(Path path, TermIndex at, long machineIndex) {}

    /** Writes the state's files into a directory that does not exist yet. */
    interface Source {
        void checkpoint(Path target) throws IOException;
    }

    void take(TermIndex at, long machineIndex, Source source) throws IOException {
        Files.createDirectories(directory);
        Path target = directory.resolve("snap." + at.getTerm() + "." + at.getIndex() + "." + machineIndex);
        if (Files.exists(target)) {
            return;
        }
        Path unfinished = directory.resolve(UNFINISHED);
        Trees.delete(unfinished);
        source.checkpoint(unfinished);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        List<Snapshot> all = all();
        for (Snapshot old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            Trees.delete(old.path());
        }
    }

    Optional<Snapshot> latest() throws IOException {
        List<Snapshot> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** A snapshot as Ratis sends it. */
    static SnapshotInfo info(Snapshot snapshot) throws IOException {
        List<FileInfo> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(snapshot.path())) {
            for (Path path : paths.sorted().toList()) {
                files.add(new FileInfo(path, null));
            }
        }
        return new FileListSnapshotInfo(files, snapshot.at());
    }

    /** Oldest first. */
    private List<Snapshot> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        List<Snapshot> found = new ArrayList<>();
        try (Stream<Path> paths = Files.list(directory)) {
            for (Path path : paths.toList()) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()) {
                    found.add(new Snapshot(path,
                            TermIndex.valueOf(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))),
                            Long.parseLong(name.group(3))));
                }
            }
        }
        found.sort(Comparator.comparing(Snapshot::at));
        return found;
    }
}
