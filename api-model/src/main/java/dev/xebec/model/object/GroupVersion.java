package dev.xebec.model.object;

/**
 * An API group and one of its versions. The core group is the empty string and is written without a slash ({@code v1}).
 */
public record GroupVersion(String group, String version) implements Comparable<GroupVersion> {

    /** Reads {@code apps/v1} or {@code v1}. */
    public static GroupVersion parse(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0
                ? new GroupVersion("", apiVersion)
                : new GroupVersion(apiVersion.substring(0, slash), apiVersion.substring(slash + 1));
    }

    public GroupVersionKind kind(String kind) {
        return new GroupVersionKind(group, version, kind);
    }

    public GroupVersionResource resource(String plural) {
        return new GroupVersionResource(group, version, plural);
    }

    @Override
    public int compareTo(GroupVersion other) {
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : version.compareTo(other.version);
    }

    /** The {@code apiVersion} field's form. */
    @Override
    public String toString() {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
