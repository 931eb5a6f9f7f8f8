package dev.xebec.model.object;

/** A kind by its full name, as {@code apiVersion} and {@code kind} state it in an object. */
public record GroupVersionKind(String group, String version, String kind) {

    public GroupVersion groupVersion() {
        return new GroupVersion(group, version);
    }

    public String apiVersion() {
        return groupVersion().toString();
    }

    @Override
    public String toString() {
        return apiVersion() + ", Kind=" + kind;
    }
}
