package dev.xebec.gateway.cache;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.selector.FieldSelector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One object at one revision, as bytes that are ready to be sent. Its tree is parsed when somebody asks, and not kept;
 * what selectors look at is kept once it was looked at.
 */
public final class CachedObject implements KeptBytes.Holder {
    private final ObjectKey key;
    private final long revision;
    private final long version;
    private final Bytes json;
    private final int digitsAt;
    private volatile @Nullable Selectable selectable;
    private volatile @Nullable Converted converted;
    private volatile KeptBytes.@Nullable Kept kept;

    private CachedObject(ObjectKey key, long revision, long version, Splice.Spliced spliced) {
        this.key = key;
        this.revision = revision;
        this.version = version;
        this.json = Bytes.of(spliced.json());
        this.digitsAt = spliced.digitsAt();
    }

    /** What selectors look at: labels, and the kind's selectable fields by path. */
    private record Selectable(Set<String> paths, Map<String, String> labels, Map<String, String> fields) {}

    /** The same state in other versions: there are few of them. */
    private record Converted(String apiVersion, CachedObject object, @Nullable Converted next) {}

    public static CachedObject of(ObjectKey key, KeyValue stored) {
        return new CachedObject(key, stored.modRevision(), stored.version(),
                Splice.insert(stored.value().array(), stored.modRevision()));
    }

    public ObjectKey key() {
        return key;
    }

    public long revision() {
        return revision;
    }

    /** How many times it has been written since it was created. */
    public long version() {
        return version;
    }

    /** With its resourceVersion. */
    public Bytes json() {
        return json;
    }

    /** The same state with a later revision in it, as a DELETED event shows it. */
    public Bytes jsonAt(long otherRevision) {
        return otherRevision == revision ? json : Bytes.of(Splice.replace(json.array(), digitsAt, otherRevision));
    }

    /** Whether it is in this version, told by its first bytes. */
    public boolean speaks(String apiVersion) {
        return Splice.speaks(json.array(), apiVersion);
    }

    /** The same state in another version; null where nobody has kept it here. */
    public @Nullable CachedObject converted(String apiVersion) {
        for (Converted one = converted; one != null; one = one.next()) {
            if (one.apiVersion().equals(apiVersion)) {
                return one.object();
            }
        }
        return null;
    }

    /** Keeps the same state in another version. @param stored in the stored form */
    public CachedObject convertedTo(String apiVersion, Bytes stored) {
        return keep(apiVersion, new CachedObject(key, revision, version, Splice.insert(stored.array(), revision)));
    }

    /** Keeps the same state in a version that differs from this one in nothing but its name. */
    public CachedObject renamedTo(String apiVersion) {
        return keep(apiVersion, new CachedObject(key, revision, version,
                Splice.rename(json.array(), digitsAt, apiVersion)));
    }

    /** Keeps that this very state is what is to be shown in that form. */
    public CachedObject keptAs(String form) {
        return keep(form, this);
    }

    /** Of two threads that keep the same at once one may be forgotten: it is made again. */
    private CachedObject keep(String apiVersion, CachedObject other) {
        converted = new Converted(apiVersion, other, converted);
        return other;
    }

    /** Parses anew at each call. */
    public ApiObject parse() {
        return ApiObject.parse(json.array());
    }

    @Override
    public KeptBytes.@Nullable Kept kept() {
        return kept;
    }

    @Override
    public void keep(KeptBytes.@Nullable Kept other) {
        kept = other;
    }

    public Map<String, String> labels(Set<String> selectableFields) {
        return selectable(selectableFields).labels();
    }

    /** By path, such as {@code spec.nodeName}; absent fields are empty. */
    public Map<String, String> fields(Set<String> selectableFields) {
        return selectable(selectableFields).fields();
    }

    private Selectable selectable(Set<String> paths) {
        Selectable known = selectable;
        if (known != null && (known.paths() == paths || known.paths().equals(paths))) {
            return known;
        }
        ApiObject object = parse();
        Map<String, String> fields = new HashMap<>();
        for (String path : paths) {
            fields.put(path, FieldSelector.value(object.tree(), path));
        }
        fields.put("metadata.name", key.name());
        fields.put("metadata.namespace", key.namespace());
        Map<String, String> labels = object.labels();
        Selectable found = new Selectable(paths, labels.isEmpty() ? Map.of() : labels, fields);
        selectable = found;
        return found;
    }

    @Override
    public String toString() {
        return key + "@" + revision;
    }
}
