package dev.xebec.contracts.state;

/**
 * Keys in [{@code from}, {@code to}), in byte order.
 *
 * @param to exclusive end; empty for no end
 * @param atRevision 0 for the replica's newest applied revision; a revision that the replica has not applied yet is
 *     waited for
 * @param limit most keys in a page, which ends sooner where it is long in bytes: read on while there is more; 0 for
 *     all keys in one page
 */
public record RangeQuery(LogGroup group, String from, String to, long atRevision, int limit) {

    /** All keys that start with {@code prefix}, newest revision, no limit. */
    public static RangeQuery prefix(String prefix) {
        return new RangeQuery(LogGroup.MAIN, prefix, Keys.endOfPrefix(prefix), 0, 0);
    }

    public RangeQuery at(long revision) {
        return new RangeQuery(group, from, to, revision, limit);
    }
}
