package dev.xebec.model.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is judged in the place of a structure, where what it holds will be changed before it is used. */
final class TypeViews {
    private TypeViews() {}

    static ObjectNode of(String typeName, ObjectNode value) {
        return typeName.equals("apps.v1.StatefulSetSpec") ? withClaims(value) : value;
    }

    /**
     * Each pod gets a volume of each claim template, in the place of one of the same name, and a host name and domain of its
     * own. Source: {@code pkg/apis/apps/validation/validation.go} of Kubernetes.
     */
    private static ObjectNode withClaims(ObjectNode spec) {
        if (!(spec.path("template") instanceof ObjectNode template)
                || !(template.path("spec") instanceof ObjectNode podSpec)) {
            return spec;
        }
        ObjectNode pod = shallow(podSpec).without(List.of("hostname", "subdomain"));
        if (!spec.path("volumeClaimTemplates").isEmpty()) {
            pod.set("volumes", volumes(spec.path("volumeClaimTemplates"), podSpec.path("volumes")));
        }
        ObjectNode seen = shallow(template);
        seen.set("spec", pod);
        ObjectNode view = shallow(spec);
        view.set("template", seen);
        return view;
    }

    private static ArrayNode volumes(JsonNode claims, JsonNode own) {
        ArrayNode all = Json.object().arrayNode();
        Set<String> names = new HashSet<>();
        for (JsonNode claim : claims) {
            String name = Findings.text(claim.path("metadata"), "name");
            if (names.add(name)) {
                all.addObject().put("name", name).putObject("persistentVolumeClaim").put("claimName", name);
            }
        }
        for (JsonNode volume : own) {
            if (!names.contains(Findings.text(volume, "name"))) {
                all.add(volume);
            }
        }
        return all;
    }

    private static ObjectNode shallow(ObjectNode object) {
        ObjectNode copy = Json.object();
        copy.setAll(object);
        return copy;
    }
}
