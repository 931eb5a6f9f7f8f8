package dev.xebec.gateway.discovery;

import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.openapi.OpenApiV3;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * OpenAPI documents by group and version. One of built-in kinds is named by the hash of its bytes; one of custom kinds by a
 * hash of what it follows from, so that an index of a thousand groups makes no document. Thread-safe.
 */
final class OpenApiDocuments {
    /** Bytes of documents that are kept; those that were not asked for longest go. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final String JSON = "application/json";

    private final Map<GroupVersion, Hash> hashes = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    /** In the order of use; guarded by the lock. */
    private final LinkedHashMap<GroupVersion, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param source the kinds of the group and version, compared by identity */
    private record Hash(List<Kind> source, String hash) {}

    private record Kept(List<Kind> source, Document document) {}

    /** The name of a document; makes it where it is of built-in kinds and new. */
    String hash(GroupVersion version, KindRegistry registry) {
        List<Kind> source = registry.of(version);
        Hash known = hashes.get(version);
        if (known == null || known.source() != source) {
            known = new Hash(source, builtIn(source)
                    ? document(version, registry).hash()
                    : OpenApiV3.hashOfSource(source));
            hashes.put(version, known);
        }
        return known.hash();
    }

    Document document(GroupVersion version, KindRegistry registry) {
        List<Kind> source = registry.of(version);
        Document ready = find(version, source);
        if (ready != null) {
            return ready;
        }
        Document made = Document.of(JSON, OpenApiV3.document(version, registry));
        Document named = builtIn(source) ? made : new Document(JSON, made.body(), OpenApiV3.hashOfSource(source));
        keep(version, new Kept(source, named));
        return named;
    }

    private static boolean builtIn(List<Kind> kinds) {
        return kinds.stream().allMatch(kind -> kind.custom() == null);
    }

    private @Nullable Document find(GroupVersion version, List<Kind> source) {
        lock.lock();
        try {
            Kept known = kept.get(version);
            return known == null || known.source() != source ? null : known.document();
        } finally {
            lock.unlock();
        }
    }

    private void keep(GroupVersion version, Kept fresh) {
        lock.lock();
        try {
            Kept before = kept.put(version, fresh);
            bytes += size(fresh) - (before == null ? 0 : size(before));
            var oldest = kept.entrySet().iterator();
            while (bytes > MAX_BYTES && oldest.hasNext()) {
                bytes -= size(oldest.next().getValue());
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
    }

    private static long size(Kept one) {
        return one.document().body().size();
    }
}
