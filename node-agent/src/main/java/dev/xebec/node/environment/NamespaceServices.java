package dev.xebec.node.environment;

import dev.xebec.model.object.ApiObject;
import java.util.List;

/** The Services that containers of a namespace are told about. */
public interface NamespaceServices {

    /** All of a namespace; throws UnavailableException where nobody can say. */
    List<ApiObject> in(String namespace);
}
