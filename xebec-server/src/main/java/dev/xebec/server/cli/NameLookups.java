package dev.xebec.server.cli;

import java.security.Security;

/**
 * How long this process remembers what address a name has: containers come back under the same name and another address.
 * Java's own 30 s would keep a replica from its peers for as long.
 */
final class NameLookups {
    private static final String SECONDS = "1";

    private NameLookups() {}

    /** To be called before the first look-up; what a person has set in {@code java.security} properties gives way. */
    static void forgetSoon() {
        Security.setProperty("networkaddress.cache.ttl", SECONDS);
        Security.setProperty("networkaddress.cache.negative.ttl", SECONDS);
    }
}
