package dev.xebec.gateway.write;

import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Names made up from a {@code generateName}: another one is tried where one is taken already. Source: apiserver
 * {@code storage/names/generate.go} and {@code registry/generic/registry/store.go}.
 */
final class MadeUpName {
    /** No vowels, nothing that looks alike. Source: apimachinery {@code util/rand}. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int RANDOM_LETTERS = 5;
    /** Longest base of a made-up name. */
    private static final int MAX_BASE = 58;
    /** Times that a made-up name may be taken. */
    static final int MAX_NAMES = 8;

    private MadeUpName() {}

    /** @param store refuses a name that is taken with {@code AlreadyExists} */
    static <T> T tried(String base, RandomGenerator random, GroupVersionResource resource, Function<String, T> store) {
        for (int attempt = 1;; attempt++) {
            String name = next(base, random);
            try {
                return store.apply(name);
            } catch (RejectedException refused) {
                if (!refused.status().reason().equals("AlreadyExists")) {
                    throw refused;
                }
                if (attempt == MAX_NAMES) {
                    throw new RejectedException(Status.noNameGenerated(resource, name));
                }
            }
        }
    }

    private static String next(String base, RandomGenerator random) {
        StringBuilder name = new StringBuilder(base.length() > MAX_BASE ? base.substring(0, MAX_BASE) : base);
        for (int at = 0; at < RANDOM_LETTERS; at++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
