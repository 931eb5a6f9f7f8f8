package dev.xebec.simulator.bus;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who serves what, and from when to when the others know it. Not thread-safe. */
final class Registry {
    private final Map<Way, Map<String, List<Offer>>> offers = new EnumMap<>(Way.class);

    Registry() {
        for (Way way : Way.values()) {
            offers.put(way, new LinkedHashMap<>());
        }
    }

    /** A way in which an address is served. */
    enum Way {
        REQUESTS, STREAMS, TOPICS
    }

    /** One member's handler at one address. The member itself knows of it at once. */
    static final class Offer {
        private final Way way;
        private final String address;
        private final SimulatedBus member;
        private final long knownNanos;
        private long forgottenNanos;
        private boolean withdrawn;

        Offer(Way way, String address, SimulatedBus member, long knownNanos) {
            this.way = way;
            this.address = address;
            this.member = member;
            this.knownNanos = knownNanos;
        }

        private boolean knownTo(SimulatedBus observer, long now) {
            if (observer == member) {
                return !withdrawn;
            }
            return now - knownNanos >= 0 && !forgotten(now);
        }

        private boolean forgotten(long now) {
            return withdrawn && now - forgottenNanos >= 0;
        }
    }

    void add(Offer offer) {
        of(offer.way).computeIfAbsent(offer.address, unused -> new ArrayList<>()).add(offer);
    }

    void withdraw(Offer offer, long forgottenNanos) {
        offer.withdrawn = true;
        offer.forgottenNanos = forgottenNanos;
    }

    /** Nobody has to know any more what a member served. */
    void remove(SimulatedBus member) {
        for (Map<String, List<Offer>> byAddress : offers.values()) {
            byAddress.values().forEach(all -> all.removeIf(offer -> offer.member == member));
        }
    }

    /** Members that serve an address as far as one of them knows, each once, in the order in which they came. */
    List<SimulatedBus> serving(Way way, String address, SimulatedBus observer, long now) {
        List<Offer> known = of(way).get(address);
        if (known == null) {
            return List.of();
        }
        known.removeIf(offer -> offer.forgotten(now));
        List<SimulatedBus> serving = new ArrayList<>(known.size());
        for (Offer offer : known) {
            if (offer.knownTo(observer, now) && !serving.contains(offer.member)) {
                serving.add(offer.member);
            }
        }
        return serving;
    }

    /** Whether anybody ever served it. */
    boolean remembers(Way way, String address) {
        return of(way).containsKey(address);
    }

    private Map<String, List<Offer>> of(Way way) {
        Map<String, List<Offer>> byAddress = offers.get(way);
        if (byAddress == null) {
            throw new IllegalStateException("no way " + way);
        }
        return byAddress;
    }
}
