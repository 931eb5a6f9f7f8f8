package dev.xebec.node.environment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A container's environment: what the node gives, then {@code envFrom}, then {@code env}; later ones win and may use
 * earlier ones as {@code $(NAME)}. {@link MissingReferenceException} where a needed object or key is not there.
 */
public final class ContainerEnvironment {
    private final PodFacts facts;
    private final ReferencedObjects objects;
    private final JsonNode container;
    private final Map<String, String> variables;

    private ContainerEnvironment(PodFacts facts, ReferencedObjects objects, JsonNode container,
            Map<String, String> given) {
        this.facts = facts;
        this.objects = objects;
        this.container = container;
        this.variables = new LinkedHashMap<>(given);
    }

    /** @param given what the node gives to every container */
    public static Map<String, String> of(JsonNode container, PodFacts facts, ReferencedObjects objects,
            Map<String, String> given) {
        ContainerEnvironment environment = new ContainerEnvironment(facts, objects, container, given);
        container.path("envFrom").forEach(environment::addAll);
        container.path("env").forEach(environment::add);
        return environment.variables;
    }

    /** {@code command} and {@code args} with variables filled in; empty when there is no command. */
    public static List<String> command(JsonNode container, Map<String, String> variables) {
        List<String> command = new ArrayList<>();
        if (!container.path("command").isEmpty()) {
            container.path("command").forEach(word -> command.add(Expansion.expand(word.asText(), variables)));
            container.path("args").forEach(word -> command.add(Expansion.expand(word.asText(), variables)));
        }
        return command;
    }

    private void addAll(JsonNode source) {
        String prefix = source.path("prefix").asText("");
        for (Source each : List.of(Source.CONFIG_MAP, Source.SECRET)) {
            JsonNode reference = source.path(each.refField);
            if (reference.isObject()) {
                Optional<ApiObject> object = object(each, reference);
                object.ifPresent(found -> values(each, found)
                        .forEach((key, value) -> variables.put(prefix + key, value)));
            }
        }
    }

    private void add(JsonNode variable) {
        String name = variable.path("name").asText("");
        JsonNode from = variable.path("valueFrom");
        if (!from.isObject()) {
            variables.put(name, Expansion.expand(variable.path("value").asText(""), variables));
            return;
        }
        if (from.has("fieldRef")) {
            variables.put(name, facts.field(from.path("fieldRef").path("fieldPath").asText("")));
        } else if (from.has("resourceFieldRef")) {
            variables.put(name, facts.resource(container, from.path("resourceFieldRef")));
        }
        for (Source each : List.of(Source.CONFIG_MAP, Source.SECRET)) {
            JsonNode reference = from.path(each.keyField);
            if (reference.isObject()) {
                key(each, reference).ifPresent(value -> variables.put(name, value));
            }
        }
    }

    private Optional<String> key(Source source, JsonNode reference) {
        Optional<ApiObject> object = object(source, reference);
        if (object.isEmpty()) {
            return Optional.empty();
        }
        String key = reference.path("key").asText("");
        String value = values(source, object.get()).get(key);
        if (value == null && !reference.path("optional").asBoolean(false)) {
            throw new MissingReferenceException("couldn't find key " + key + " in " + source.kind + " "
                    + facts.pod().namespace() + "/" + reference.path("name").asText(""));
        }
        return Optional.ofNullable(value);
    }

    private Optional<ApiObject> object(Source source, JsonNode reference) {
        String name = reference.path("name").asText("");
        Optional<ApiObject> object = objects.find(source.resource, facts.pod().namespace(), name);
        if (object.isEmpty() && !reference.path("optional").asBoolean(false)) {
            throw new MissingReferenceException(source.lower + " \"" + name + "\" not found");
        }
        return object;
    }

    private static Map<String, String> values(Source source, ApiObject object) {
        Map<String, String> values = new TreeMap<>();
        ApiObject.strings(object.tree().path("data")).forEach((key, value) -> values.put(key, source == Source.SECRET
                ? new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)
                : value));
        return values;
    }

    private enum Source {
        CONFIG_MAP(GroupVersionResource.CONFIG_MAPS, "configMapRef", "configMapKeyRef", "ConfigMap",
                "configmap"), SECRET(GroupVersionResource.SECRETS, "secretRef", "secretKeyRef", "Secret", "secret");

        private final GroupVersionResource resource;
        private final String refField;
        private final String keyField;
        private final String kind;
        private final String lower;

        Source(GroupVersionResource resource, String refField, String keyField, String kind, String lower) {
            this.resource = resource;
            this.refField = refField;
            this.keyField = keyField;
            this.kind = kind;
            this.lower = lower;
        }
    }
}
