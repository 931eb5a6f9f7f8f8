package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.gateway.kinds.ServedKinds;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.Routes;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import dev.xebec.model.openapi.OpenApiV3;
import java.util.TreeSet;

/** {@code /}: the paths that there are. */
final class RootPath extends ReadOnly {
    private final Routes routes;
    private final ServedKinds kinds;

    RootPath(Routes routes, ServedKinds kinds) {
        this.routes = routes;
        this.kinds = kinds;
    }

    @Override
    Answer read(Call call) {
        TreeSet<String> paths = new TreeSet<>(routes.allPaths());
        paths.remove("/");
        for (GroupVersion version : kinds.now().groupVersions()) {
            paths.add("/" + OpenApiV3.key(version));
            paths.add("/openapi/v3/" + OpenApiV3.key(version));
            if (!version.group().isEmpty()) {
                paths.add("/apis/" + version.group());
            }
        }
        ObjectNode tree = Json.object();
        ArrayNode list = tree.putArray("paths");
        paths.forEach(list::add);
        return Answer.json(200, tree);
    }
}
