package dev.xebec.simulator.bus;

import java.util.LinkedHashMap;
import java.util.Map;

/** When each of the others notices that a member died. Guarded by the network's lock. */
final class Departure {
    private final Map<String, Long> noticed = new LinkedHashMap<>();

    void noticedBy(String member, long atNanos) {
        noticed.put(member, atNanos);
    }

    /** Whoever was not there when it died never knew it. */
    long noticedNanos(String member) {
        Long at = noticed.get(member);
        return at == null ? System.nanoTime() : at;
    }
}
