package dev.xebec.state.raft;

import dev.xebec.state.transport.PeerRpcType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis' settings for a {@link RaftConfig}. */
final class RatisSettings {
    /** Above the largest entry, which holds a proposal of at most 8 MiB of values, its keys and guards. */
    private static final SizeInBytes LARGEST_ENTRY = SizeInBytes.valueOf("16MB");
    /** The log is cut in whole segments: so many of them between snapshots. */
    private static final int SEGMENTS = 4;
    private static final long SMALLEST_SEGMENT = 64 * 1024;
    private static final long LARGEST_SEGMENT = 16 * 1024 * 1024;
    private static final long PREALLOCATED = 1024 * 1024;
    private static final SizeInBytes SNAPSHOT_CHUNK = SizeInBytes.valueOf("4MB");
    /** Bytes of submitted entries that wait; beyond it a submission is refused. */
    private static final SizeInBytes PENDING = SizeInBytes.valueOf("64MB");
    private static final int PENDING_ENTRIES = 4_096;
    /** Ratis' own memory of requests; ours is the proposal window, and its answers hold values. */
    private static final Duration RETRY_CACHE = Duration.ofSeconds(1);
    /** Between attempts to reach a peer that is down. */
    private static final Duration RETRY_PEER = Duration.ofMillis(100);
    /** A replica that is alone has nobody to wait for. */
    private static final Duration ALONE_MIN = Duration.ofMillis(1);
    private static final Duration ALONE_MAX = Duration.ofMillis(2);

    /** A replica that is being added and silent for so long is given up. */
    private static final Duration STAGING = Duration.ofSeconds(20);

    private RatisSettings() {}

    static RaftProperties of(RaftConfig config, Path storage) {
        RaftProperties properties = new RaftProperties();
        properties.set(RaftConfigKeys.Rpc.TYPE_KEY, PeerRpcType.class.getName());
        RaftServerConfigKeys.setStorageDir(properties, List.of(storage.toFile()));
        elections(config, properties);
        log(config, properties);
        Snapshot.setAutoTriggerEnabled(properties, false);
        Snapshot.setTriggerWhenStopEnabled(properties, false);
        Snapshot.setCreationGap(properties, 1);
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, millis(RETRY_CACHE));
        RaftServerConfigKeys.RetryCache.setStatisticsExpiryTime(properties, millis(RETRY_CACHE));
        RaftServerConfigKeys.Write.setByteLimit(properties, PENDING);
        RaftServerConfigKeys.Write.setElementLimit(properties, PENDING_ENTRIES);
        // Nothing is heard from a replica while it puts a snapshot in place.
        RaftServerConfigKeys.setStagingTimeout(properties, millis(STAGING));
        return properties;
    }

    private static void elections(RaftConfig config, RaftProperties properties) {
        Rpc.setTimeoutMin(properties, millis(config.electionMin()));
        Rpc.setTimeoutMax(properties, millis(config.electionMax()));
        // Nobody leads when a group starts; a replica that comes later is held back by the pre-vote.
        Rpc.setFirstElectionTimeoutMin(properties,
                millis(config.alone() ? ALONE_MIN : config.electionMin().dividedBy(6)));
        Rpc.setFirstElectionTimeoutMax(properties,
                millis(config.alone() ? ALONE_MAX : config.electionMin().dividedBy(2)));
        Rpc.setSleepTime(properties, millis(RETRY_PEER));
        Rpc.setRequestTimeout(properties, millis(config.electionMax().multipliedBy(2)));
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, millis(config.electionMax()));
    }

    private static void log(RaftConfig config, RaftProperties properties) {
        long segment = Math.clamp(config.snapshotBytes() / SEGMENTS, SMALLEST_SEGMENT, LARGEST_SEGMENT);
        Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(segment));
        Log.setPreallocatedSize(properties, SizeInBytes.valueOf(Math.min(segment, PREALLOCATED)));
        Log.setWriteBufferSize(properties, SizeInBytes.valueOf(LARGEST_ENTRY.getSize() + 4_096));
        Log.setPurgeUptoSnapshotIndex(properties, true);
        Log.setPurgeGap(properties, 1);
        Log.setSegmentCacheNumMax(properties, 2);
        // Entries that tell the commit index would double the log; a new leader finds out by committing one of its own.
        Log.setLogMetadataEnabled(properties, false);
        Log.setUnsafeFlushEnabled(properties, !config.syncs());
        Log.Appender.setBufferByteLimit(properties, LARGEST_ENTRY);
        Log.Appender.setSnapshotChunkSizeMax(properties, SNAPSHOT_CHUNK);
        Log.Appender.setInstallSnapshotEnabled(properties, true);
    }

    private static TimeDuration millis(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
