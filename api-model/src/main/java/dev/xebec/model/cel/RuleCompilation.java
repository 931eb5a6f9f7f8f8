package dev.xebec.model.cel;

import dev.xebec.model.structural.Structural;
import dev.xebec.model.structural.Structural.CelRule;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of compiling one rule of a definition.
 *
 * @param error why the rule is refused; empty for none
 * @param messageError why its messageExpression is refused; empty for none
 * @param cost the most that the rule can cost for one object
 * @param messageCost the most that one message can cost
 */
public record RuleCompilation(CelRule rule, String error, String messageError, boolean usesOldSelf, long cost,
        long messageCost) {
    /** How often a node can occur where nothing bounds it. */
    public static final long UNBOUNDED = -1;

    /**
     * Compiles the rules of one node of a schema.
     *
     * @param wholeObject whether the node is a whole object
     * @param occurrences how often the node can occur in an object; {@link #UNBOUNDED} where only the size of a request
     *     bounds it
     */
    public static List<RuleCompilation> of(Structural schema, boolean wholeObject, long occurrences) {
        Structural seen = wholeObject || schema.x().embedded() ? WholeObject.with(schema) : schema;
        List<RuleCompilation> compilations = new ArrayList<>();
        for (CompiledRule rule : RuleNode.compile(seen)) {
            long times = occurrences == UNBOUNDED ? rule.cardinality() : occurrences;
            compilations.add(new RuleCompilation(rule.rule(), rule.error(), rule.messageError(), rule.usesOldSelf(),
                    StaticCost.times(rule.cost(), times), rule.messageCost()));
        }
        return compilations;
    }
}
