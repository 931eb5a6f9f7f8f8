package dev.xebec.kit.bus;

import java.time.Duration;

/**
 * The bus's limits and times.
 *
 * @param beatEvery how often a member says that it is there and what it serves
 * @param beatSilence a member not heard for so long is asked only where no other serves
 * @param memory how long a silent member's name is kept
 * @param patience how long a call waits for somebody to serve its address
 * @param avoidance how long a member whose handler failed is asked after the others
 * @param keepAlive how often an idle stream shows that it lives
 * @param streamSilence a stream whose other side is silent for so long is broken
 * @param windowBytes what a stream's sender may send ahead of its receiver
 * @param requestsInFlight requests that one address of one member works on at once; beyond it callers hear "busy"
 * @param streamsOpen streams that one address of one member serves at once
 */
public record BusSettings(Duration beatEvery, Duration beatSilence, Duration memory, Duration patience,
        Duration avoidance, Duration keepAlive, Duration streamSilence, int windowBytes, int requestsInFlight,
        int streamsOpen) {

    public static final BusSettings DEFAULTS = new BusSettings(Duration.ofMillis(300), Duration.ofMillis(1_500),
            Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(1),
            Duration.ofSeconds(5), 1024 * 1024, 1_024, 1_024);

    public BusSettings withBeats(Duration every, Duration silence) {
        return new BusSettings(every, silence, memory, patience, avoidance, keepAlive, streamSilence, windowBytes,
                requestsInFlight, streamsOpen);
    }

    public BusSettings withStreams(Duration every, Duration silence, int window) {
        return new BusSettings(beatEvery, beatSilence, memory, patience, avoidance, every, silence, window,
                requestsInFlight, streamsOpen);
    }

    public BusSettings withPatience(Duration limit) {
        return new BusSettings(beatEvery, beatSilence, memory, limit, avoidance, keepAlive, streamSilence, windowBytes,
                requestsInFlight, streamsOpen);
    }

    public BusSettings withLimits(int requests, int streams) {
        return new BusSettings(beatEvery, beatSilence, memory, patience, avoidance, keepAlive, streamSilence,
                windowBytes, requests, streams);
    }
}
