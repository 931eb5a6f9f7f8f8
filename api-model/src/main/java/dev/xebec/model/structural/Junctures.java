package dev.xebec.model.structural;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.structural.Structural.Junctions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code allOf}, {@code anyOf}, {@code oneOf} and {@code not} say of a value. */
final class Junctures {

    /** Judges a value by one schema. */
    interface Judge {
        Judgement judge(Structural schema, JsonNode value, @Nullable JsonNode before, String path);
    }

    private Junctures() {}

    static void judge(Junctions logic, Judge judge, JsonNode value, @Nullable JsonNode before, Place place) {
        if (logic == Junctions.NONE) {
            return;
        }
        if (!logic.anyOf().isEmpty()) {
            anyOf(logic.anyOf(), judge, value, before, place);
        }
        if (!logic.oneOf().isEmpty()) {
            oneOf(logic.oneOf(), judge, value, before, place);
        }
        if (!logic.allOf().isEmpty()) {
            allOf(logic.allOf(), judge, value, before, place);
        }
        if (logic.not() != null && judge.judge(logic.not(), value, before, place.path()).isValid()) {
            place.composite("must not validate the schema (not)");
        }
    }

    private static void anyOf(List<Structural> schemas, Judge judge, JsonNode value, @Nullable JsonNode before,
            Place place) {
        Judgement closest = null;
        for (Structural schema : schemas) {
            Judgement one = judge.judge(schema, value, before, place.path());
            if (one.isValid()) {
                place.judgement().merge(one);
                return;
            }
            closest = closer(closest, one);
        }
        place.composite("must validate at least one schema (anyOf)");
        if (closest != null) {
            place.judgement().merge(closest);
        }
    }

    private static void oneOf(List<Structural> schemas, Judge judge, JsonNode value, @Nullable JsonNode before,
            Place place) {
        Judgement closest = null;
        int valid = 0;
        for (Structural schema : schemas) {
            Judgement one = judge.judge(schema, value, before, place.path());
            if (one.isValid()) {
                valid++;
                closest = null;
            } else if (valid == 0) {
                closest = closer(closest, one);
            }
        }
        if (valid != 1) {
            place.composite("must validate one and only one schema (oneOf). "
                    + (valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives"));
            if (closest != null) {
                place.judgement().merge(closest);
            }
        }
    }

    private static void allOf(List<Structural> schemas, Judge judge, JsonNode value, @Nullable JsonNode before,
            Place place) {
        int valid = 0;
        for (Structural schema : schemas) {
            Judgement one = judge.judge(schema, value, before, place.path());
            valid += one.isValid() ? 1 : 0;
            place.judgement().merge(one);
        }
        if (valid < schemas.size()) {
            place.composite("must validate all the schemas (allOf)" + (valid == 0 ? ". None validated" : ""));
        }
    }

    private static Judgement closer(@Nullable Judgement best, Judgement one) {
        return best == null || one.checks() > best.checks() ? one : best;
    }
}
