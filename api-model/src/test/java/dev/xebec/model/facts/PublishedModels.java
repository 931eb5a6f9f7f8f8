package dev.xebec.model.facts;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.GroupVersionKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** The Java classes that another project made of the published API of the same version: an oracle for our descriptions. */
final class PublishedModels {
    private static final Map<GroupVersionKind, Class<?>> CLASSES = classes();

    private PublishedModels() {}

    static Optional<Class<?>> of(GroupVersionKind kind) {
        return Optional.ofNullable(CLASSES.get(kind));
    }

    private static Map<GroupVersionKind, Class<?>> classes() {
        Map<GroupVersionKind, Class<?>> classes = new LinkedHashMap<>();
        for (KubernetesResource resource : ServiceLoader.load(KubernetesResource.class)) {
            Class<?> type = resource.getClass();
            if (HasMetadata.class.isAssignableFrom(type)) {
                @SuppressWarnings("unchecked")
                Class<? extends HasMetadata> object = (Class<? extends HasMetadata>) type;
                classes.put(GroupVersion.parse(HasMetadata.getApiVersion(object)).kind(HasMetadata.getKind(object)),
                        type);
            }
        }
        return classes;
    }

    /** The types of a class' JSON fields by their names there. */
    static Map<String, Type> fields(Class<?> type) {
        Map<String, Type> fields = new LinkedHashMap<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                JsonProperty property = field.getAnnotation(JsonProperty.class);
                if (property != null) {
                    fields.put(property.value().isEmpty() ? field.getName() : property.value(), field.getGenericType());
                }
            }
        }
        return fields;
    }

    static Class<?> raw(Type type) {
        return type instanceof ParameterizedType parameterized
                ? (Class<?>) parameterized.getRawType()
                : (Class<?>) type;
    }

    /** The last type argument: a list's elements, a map's values. */
    static Type element(Type type) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        return arguments[arguments.length - 1];
    }
}
