package dev.xebec.model.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinimalObjectsTest {

    static List<ObjectNode> objects() {
        return MinimalObjects.all();
    }

    @Test
    void thereIsOneOfEveryStoredKindAndVersion() {
        Set<String> there = objects().stream().map(object -> MinimalObjects.kindOf(object).name().toString())
                .collect(Collectors.toSet());
        Set<String> stored = KindRegistry.builtIn().all().stream().filter(kind -> kind.verbs().contains("create")
                && kind.stored() && !kind.name().group().equals("cluster.xebec.dev"))
                .map(kind -> kind.name().toString()).collect(Collectors.toSet());
        assertThat(there).isEqualTo(stored);
    }

    /** As the server does it: shape, defaults, strategy, validation, once as new and once as an update of itself. */
    @ParameterizedTest
    @MethodSource("objects")
    void isAcceptedAndPrintedAndConverted(ObjectNode object) {
        Kind kind = MinimalObjects.kindOf(object);
        assertThat(Shape.wrongType(kind, object)).isEmpty();
        assertThat(Shape.unknownFields(kind, object)).isEmpty();
        Defaulting.apply(kind, object);
        ObjectNode once = object.deepCopy();
        Defaulting.apply(kind, object);
        assertThat(object).isEqualTo(once);
        ((ObjectNode) object.path("metadata")).put("uid", "u").put("creationTimestamp", "2026-01-02T03:04:05Z");
        Strategy.of(kind).prepareCreate(object);
        assertThat(Validation.create(kind, object)).isEmpty();
        ObjectNode again = object.deepCopy();
        Strategy.of(kind).prepareUpdate(again, object);
        assertThat(again).isEqualTo(object);
        assertThat(Strategy.of(kind).generationChanges(again, object)).isFalse();
        assertThat(Validation.update(kind, again, object)).isEmpty();
        assertThat(Validation.updateStatus(kind, again, object)).isEmpty();
        assertThat(TableColumns.cells(kind, ApiObject.of(object), Instant.EPOCH))
                .hasSameSizeAs(TableColumns.columns(kind));
        ObjectNode stored = Conversion.convert(KindRegistry.builtIn(), object, kind.storedAs());
        Kind storedKind = MinimalObjects.kindOf(stored);
        assertThat(Shape.unknownFields(storedKind, stored)).isEmpty();
        assertThat(Validation.create(storedKind, stored)).isEmpty();
    }
}
