package dev.xebec.simulator.check;

import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoreImage;
import dev.xebec.gateway.cache.StoreKey;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every image that a gateway publishes is what the log had at the image's revision. Each time the keys are compared that
 * changed since its last one, and how many objects there are of their resources; every now and then, and when all is
 * settled, the whole.
 */
final class CacheAgreement {
    private static final String NAME = "cache-digest";
    /** Publications of a gateway from one comparison of everything to the next. */
    private static final int WHOLE_EVERY = 512;

    private final Truth truth;
    private final TreeMap<String, Seen> gateways = new TreeMap<>();

    private static final class Seen {
        private StoreImage image = StoreImage.EMPTY;
        private int publications;
    }

    CacheAgreement(Truth truth) {
        this.truth = truth;
    }

    void published(String gateway, StoreImage image) {
        Seen seen = gateways.computeIfAbsent(gateway, fresh -> new Seen());
        StoreImage last = seen.image;
        if (image == last) {
            return;
        }
        seen.image = image;
        if (image.revision() > truth.revision()) {
            throw new Violation(NAME, image.revision(), "an image of " + gateway + " within the log, which ends at "
                    + truth.revision(), "revision " + image.revision());
        }
        if (image.revision() < last.revision()) {
            throw new Violation(NAME, image.revision(), "an image of " + gateway + " no older than its last, "
                    + last.revision(), "revision " + image.revision());
        }
        if (!truth.knows(image.revision())) {
            return;
        }
        boolean near = truth.knows(last.revision()) && last != StoreImage.EMPTY;
        if (!near || ++seen.publications % WHOLE_EVERY == 0) {
            compareAll(gateway, image);
        } else {
            compareChanged(gateway, last, image);
        }
    }

    /** A gateway's process has ended: the next one of its name begins from nothing. */
    void gone(String gateway) {
        gateways.remove(gateway);
    }

    /** Every gateway has all of the log. */
    void settled() {
        gateways.forEach((gateway, seen) -> {
            if (seen.image.revision() != truth.revision()) {
                throw new Violation(NAME, truth.revision(), gateway + " has caught up with the log",
                        "its image is of revision " + seen.image.revision());
            }
            compareAll(gateway, seen.image);
        });
    }

    private void compareAll(String gateway, StoreImage image) {
        long expected = truth.digestAt(image.revision());
        long found = Digest.of(image);
        if (expected != found) {
            throw new Violation(NAME, image.revision(), "the cache of " + gateway + " equals the store",
                    firstDifference(image));
        }
    }

    private String firstDifference(StoreImage image) {
        for (Stored stored : truth.range("", "", image.revision())) {
            CachedObject cached = image.all(stored.resource()).get(stored.objectKey());
            if (cached == null || !same(stored, cached)) {
                return "the store has " + stored + ", the cache " + cached;
            }
        }
        for (var resource : image.resources().entrySet()) {
            for (var object : resource.getValue().entrySet()) {
                if (truth.storedAt(resource.getKey() + "/" + object.getKey(), image.revision()) == null) {
                    return "the cache has " + resource.getKey() + "/" + object.getValue() + ", the store nothing";
                }
            }
        }
        return "digests that differ";
    }

    private void compareChanged(String gateway, StoreImage last, StoreImage image) {
        Set<String> resources = new LinkedHashSet<>();
        TreeMap<String, Integer> grown = new TreeMap<>();
        for (long revision = last.revision() + 1; revision <= image.revision(); revision++) {
            for (Transition step : truth.transitionsAt(revision)) {
                StoreKey key = step.key();
                resources.add(key.resource());
                grown.merge(key.resource(),
                        (step.after() == null ? 0 : 1) - (step.before() == null ? 0 : 1), Integer::sum);
                compare(gateway, image, key, truth.storedAt(step.change().key(), image.revision()));
            }
        }
        for (String resource : resources) {
            int expected = last.all(resource).size() + grown.getOrDefault(resource, 0);
            int found = image.all(resource).size();
            if (expected != found) {
                throw new Violation(NAME, image.revision(), expected + " objects of " + resource + " in the cache of "
                        + gateway, found + "; " + firstDifference(image));
            }
        }
    }

    private static void compare(String gateway, StoreImage image, StoreKey key, @Nullable Stored expected) {
        CachedObject found = image.all(key.resource()).get(key.object());
        boolean same = expected == null ? found == null : found != null && same(expected, found);
        if (!same) {
            throw new Violation(NAME, image.revision(), "the cache of " + gateway + " has " + key + " as the log does: "
                    + expected, String.valueOf(found));
        }
    }

    private static boolean same(Stored stored, CachedObject cached) {
        return stored.modRevision() == cached.revision() && stored.keyValue().version() == cached.version()
                && stored.json().equals(cached.json());
    }
}
