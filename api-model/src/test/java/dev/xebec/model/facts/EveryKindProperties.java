package dev.xebec.model.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.advice.Advice;
import dev.xebec.model.conversion.Conversion;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.strategy.Strategy;
import dev.xebec.model.table.TableColumns;
import dev.xebec.model.validation.Shape;
import dev.xebec.model.validation.Validation;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever somebody sends of whichever kind: it is judged, never a fault, and its defaults settle at once. */
class EveryKindProperties {
    private static final List<Kind> KINDS = KindRegistry.builtIn().all();

    private static ObjectNode object(Kind kind, long seed) {
        ObjectNode object = (ObjectNode) new ArbitraryObjects(seed).value(kind.schema(), 0);
        object.put("apiVersion", kind.groupVersion().toString()).put("kind", kind.name().kind());
        Shape.prune(kind, object);
        return object;
    }

    @Property(tries = 3_000)
    void anyObjectIsJudgedAndNeverAFault(@ForAll @IntRange(max = 1_000) int which, @ForAll long seed) {
        Kind kind = KINDS.get(which % KINDS.size());
        ObjectNode object = object(kind, seed);
        ObjectNode before = object(kind, seed + 1);
        Defaulting.apply(kind, object);
        Defaulting.apply(kind, before);
        Strategy strategy = Strategy.of(kind);
        Advice.on(kind, object, null);
        Advice.on(kind, object, before);
        Validation.update(kind, object, before);
        Validation.updateStatus(kind, object, before);
        strategy.generationChanges(object, before);
        TableColumns.cells(kind, ApiObject.of(object), Instant.EPOCH);
        Conversion.convert(KindRegistry.builtIn(), object, kind.storedAs());
        strategy.prepareUpdate(before.deepCopy(), object);
        strategy.prepareStatusUpdate(before, object, Strategy.statusMetadata(kind), "2026-01-01T00:00:00Z");
        strategy.prepareCreate(object);
        assertThat(Validation.create(kind, object)).isNotNull();
    }

    @Property(tries = 3_000)
    void defaultsOfADefaultedObjectAreItself(@ForAll @IntRange(max = 1_000) int which, @ForAll long seed) {
        Kind kind = KINDS.get(which % KINDS.size());
        ObjectNode object = object(kind, seed);
        Defaulting.apply(kind, object);
        ObjectNode once = object.deepCopy();
        Defaulting.apply(kind, object);
        assertThat(object).as(kind.name().toString()).isEqualTo(once);
        assertThat(Shape.wrongType(kind, object)).isEmpty();
    }
}
