package dev.xebec.gateway.conversion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.CacheEvent;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.cache.StoredForm;
import dev.xebec.model.conversion.Conversion;
import dev.xebec.model.custom.CustomType;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionKind;
import dev.xebec.model.structural.Pruning;
import dev.xebec.model.structural.StructuralDefaults;
import dev.xebec.model.validation.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Objects in the version that a request speaks. An object that is stored in it is handed on as it is, without a look
 * inside; one that is not is converted once, by the first who asks, and what comes of it is kept beside the object for as
 * long as that is. A custom object that is older than its definition gets the defaults that it lacks, and loses the fields
 * that are no more, in the same way.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/customresource_handler.go}, schemaCoercingDecoder and
 * unstructuredDefaulter.
 */
public final class Conversions {
    /** Objects in one question to a converter. */
    static final int BATCH = 500;
    private static final String WEBHOOK = "Webhook";

    private final Converter converter;

    /** @param converter for custom kinds that say so; all others need none */
    public Conversions(Converter converter) {
        this.converter = converter;
    }

    /** The object in the kind's version; may block. */
    public CachedObject shown(Kind kind, CachedObject object) {
        CachedObject ready = atHand(kind, object);
        return ready != null ? ready : shown(kind, List.of(object)).get(0);
    }

    /** The object in the kind's version where nobody has to be asked for it; null where {@link #shown} has to. */
    public @Nullable CachedObject atHand(Kind kind, CachedObject object) {
        String wanted = kind.name().apiVersion();
        boolean old = old(kind, object);
        boolean speaks = object.speaks(wanted);
        if (speaks && !old) {
            return object;
        }
        String form = form(kind, old);
        CachedObject known = object.converted(form);
        if (known != null) {
            return known;
        }
        if (old && (speaks || !asksSomebody(kind))) {
            return completed(kind, object, form);
        }
        return asksSomebody(kind) ? null : simple(kind, object);
    }

    /** Whether the object may have been written by another definition than its kind has now. */
    private static boolean old(Kind kind, CachedObject object) {
        CustomType custom = kind.custom();
        return custom != null && object.revision() < custom.definedAt();
    }

    private static boolean asItIs(Kind kind, @Nullable CachedObject object) {
        return object == null || (object.speaks(kind.name().apiVersion()) && !old(kind, object));
    }

    /** Under what name it is kept beside an object: what was made of it by one definition is nothing to the next. */
    private static String form(Kind kind, boolean old) {
        CustomType custom = kind.custom();
        return old && custom != null
                ? kind.name().apiVersion() + "@" + custom.definedAt()
                : kind.name().apiVersion();
    }

    private static CachedObject completed(Kind kind, CachedObject object, String form) {
        ObjectNode tree = object.parse().tree();
        ObjectNode complete = complete(kind, tree.deepCopy()).put("apiVersion", kind.name().apiVersion());
        return complete.equals(tree)
                ? object.keptAs(form)
                : object.convertedTo(form, Bytes.of(StoredForm.of(complete)));
    }

    private static ObjectNode complete(Kind kind, ObjectNode tree) {
        Shape.prune(kind, tree);
        Defaulting.apply(kind, tree);
        return tree;
    }

    /** The event in the kind's version where nobody has to be asked for it; null where its objects have to be first. */
    public @Nullable CacheEvent atHand(Kind kind, CacheEvent event) {
        CachedObject before = event.before();
        CachedObject after = event.after();
        if (asItIs(kind, before) && asItIs(kind, after)) {
            return event;
        }
        String form = form(kind, (before != null && old(kind, before)) || (after != null && old(kind, after)));
        CacheEvent known = event.converted(form);
        if (known != null) {
            return known;
        }
        CachedObject otherBefore = before == null ? null : atHand(kind, before);
        CachedObject otherAfter = after == null ? null : atHand(kind, after);
        boolean missing = (before != null && otherBefore == null) || (after != null && otherAfter == null);
        return missing ? null : event.convertedTo(form, otherBefore, otherAfter);
    }

    /** Has what these events show converted, so that they are at hand; may block. */
    public void prepare(Kind kind, Collection<CacheEvent> events) {
        List<CachedObject> objects = new ArrayList<>();
        for (CacheEvent event : events) {
            CachedObject before = event.before();
            CachedObject after = event.after();
            if (before != null) {
                objects.add(before);
            }
            if (after != null) {
                objects.add(after);
            }
        }
        shown(kind, objects);
    }

    /** The objects in the kind's version, in their order: many at a time where somebody has to be asked; may block. */
    public List<CachedObject> shown(Kind kind, Collection<CachedObject> objects) {
        List<CachedObject> shown = new ArrayList<>(objects.size());
        List<CachedObject> asked = new ArrayList<>();
        for (CachedObject object : objects) {
            if (atHand(kind, object) == null) {
                asked.add(object);
            }
        }
        for (int from = 0; from < asked.size(); from += BATCH) {
            ask(kind, asked.subList(from, Math.min(asked.size(), from + BATCH)));
        }
        for (CachedObject object : objects) {
            CachedObject ready = atHand(kind, object);
            if (ready == null) {
                throw new IllegalStateException("not converted: " + object);
            }
            shown.add(ready);
        }
        return shown;
    }

    /** Whether objects of the kind may have to be asked of a webhook. */
    public static boolean asksSomebody(Kind kind) {
        CustomType custom = kind.custom();
        return custom != null && custom.conversion().path("strategy").asText("").equals(WEBHOOK);
    }

    /** A tree of the kind, in whatever version, in that of {@code wanted}: the tree itself where it is in it; may block. */
    public ObjectNode to(Kind wanted, ObjectNode tree) {
        return to(wanted, wanted.name(), tree);
    }

    /** A tree of the kind, in whatever version, in the one that is stored; may block. */
    public ObjectNode stored(Kind kind, ObjectNode tree) {
        return to(kind, kind.storedAs(), tree);
    }

    private ObjectNode to(Kind kind, GroupVersionKind wanted, ObjectNode tree) {
        if (tree.path("apiVersion").asText("").equals(wanted.apiVersion())) {
            return tree;
        }
        if (kind.custom() == null) {
            return Conversion.convert(KindRegistry.builtIn(), tree, wanted);
        }
        ObjectNode converted = asksSomebody(kind)
                ? converter.convert(kind, List.of(tree), wanted.apiVersion()).get(0)
                : tree.deepCopy().put("apiVersion", wanted.apiVersion());
        return shaped(kind, wanted, converted);
    }

    /**
     * What the schema of a version does not have is not there in it, whoever converted.
     *
     * <p>Source: apiextensions-apiserver {@code customresource_handler.go}, schemaCoercingConverter.
     */
    private static ObjectNode shaped(Kind kind, GroupVersionKind wanted, ObjectNode tree) {
        CustomType stored = kind.custom() == null ? null : kind.custom().stored();
        if (stored != null && wanted.equals(kind.storedAs())) {
            Pruning.prune(stored.structure(), tree, true);
            StructuralDefaults.apply(stored.structure(), tree);
            return tree;
        }
        return wanted.equals(kind.name()) ? complete(kind, tree) : tree;
    }

    private void ask(Kind kind, List<CachedObject> objects) {
        String wanted = kind.name().apiVersion();
        List<ObjectNode> trees = objects.stream().map(object -> object.parse().tree()).toList();
        List<ObjectNode> converted = converter.convert(kind, trees, wanted);
        for (int at = 0; at < objects.size(); at++) {
            CachedObject object = objects.get(at);
            boolean old = old(kind, object);
            object.convertedTo(form(kind, old), Bytes.of(StoredForm.of(complete(kind, converted.get(at)))));
        }
    }

    private static CachedObject simple(Kind kind, CachedObject object) {
        String wanted = kind.name().apiVersion();
        CustomType custom = kind.custom();
        if (custom != null && custom.stored() != null) {
            return completed(kind, object, wanted);
        }
        return custom != null
                ? object.renamedTo(wanted)
                : object.convertedTo(wanted, Bytes.of(StoredForm.of(Conversion.convert(KindRegistry.builtIn(),
                        object.parse().tree(), kind.name()))));
    }
}
