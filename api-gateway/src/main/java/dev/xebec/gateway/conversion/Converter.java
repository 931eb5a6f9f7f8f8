package dev.xebec.gateway.conversion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import java.util.List;

/** Says custom objects in another version by asking somebody who knows how; blocks. */
@FunctionalInterface
public interface Converter {

    /**
     * The objects in the wanted version, in their order. The given trees are only read. Refuses by
     * {@link dev.xebec.model.status.RejectedException} where there is no answer, or a wrong one.
     *
     * @param kind of the objects, in any of its versions; its conversion strategy is {@code Webhook}
     * @param objects none of them in the wanted version
     */
    List<ObjectNode> convert(Kind kind, List<ObjectNode> objects, String apiVersion);
}
