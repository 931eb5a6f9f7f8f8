package dev.xebec.events.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.Keys;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of object whose steps are told, by the keys that they are stored under. */
enum TaskKind {
    POD("", "pods") {
        @Override
        Picture picture(String key, ObjectNode object) {
            return PodPicture.of(subject(key, object), object);
        }
    },
    JOB("batch", "jobs") {
        @Override
        Picture picture(String key, ObjectNode object) {
            return JobPicture.of(subject(key, object), object);
        }
    },
    MASTER("cluster.xebec.dev", "masters") {
        @Override
        Picture picture(String key, ObjectNode object) {
            return MemberPicture.ofMaster(subject(key, object), object);
        }
    },
    NODE("", "nodes") {
        @Override
        Picture picture(String key, ObjectNode object) {
            return MemberPicture.ofNode(subject(key, object), object);
        }
    };

    static final List<String> PREFIXES = Arrays.stream(values()).map(kind -> kind.prefix).sorted().toList();

    private final String resource;
    private final String prefix;

    TaskKind(String group, String resource) {
        this.resource = resource;
        prefix = Keys.prefix(group, resource);
    }

    abstract Picture picture(String key, ObjectNode object);

    static @Nullable TaskKind of(String key) {
        for (TaskKind kind : values()) {
            if (key.startsWith(kind.prefix)) {
                return kind;
            }
        }
        return null;
    }

    Subject subject(String key, ObjectNode object) {
        int slash = key.indexOf('/', prefix.length());
        String namespace = slash < 0 ? "" : key.substring(prefix.length(), slash).intern();
        String name = slash < 0 ? key.substring(prefix.length()) : key.substring(slash + 1);
        String uid = object.path("metadata").path("uid").asText("");
        String node = switch (this) {
            case POD -> object.path("spec").path("nodeName").asText("").intern();
            case NODE -> name;
            case JOB, MASTER -> "";
        };
        return new Subject(resource, uid.isEmpty() ? key : uid, namespace, name, node, owner(object));
    }

    /** Many objects have the same one, and each of them is remembered: it is kept once. */
    private static String owner(ObjectNode object) {
        for (var reference : object.path("metadata").path("ownerReferences")) {
            if (reference.path("controller").asBoolean(false)) {
                return (reference.path("kind").asText("") + "/" + reference.path("name").asText("")).intern();
            }
        }
        return "";
    }
}
