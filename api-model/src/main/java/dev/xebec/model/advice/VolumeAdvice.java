package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Kinds of volumes that are on their way out, and files of one volume that hide each other. Source:
 * {@code pkg/api/pod/warnings.go} and {@code pkg/api/persistentvolume/util.go} of Kubernetes.
 */
final class VolumeAdvice {
    private static final List<Map.Entry<String, String>> OLD = List.of(
            Map.entry("photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"),
            Map.entry("gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"),
            Map.entry("scaleIO", "deprecated in v1.16, non-functional in v1.22+"),
            Map.entry("flocker", "deprecated in v1.22, non-functional in v1.25+"),
            Map.entry("storageos", "deprecated in v1.22, non-functional in v1.25+"),
            Map.entry("quobyte", "deprecated in v1.22, non-functional in v1.25+"),
            Map.entry("glusterfs", "deprecated in v1.25, non-functional in v1.26+"),
            Map.entry("cephfs", "deprecated in v1.28, non-functional in v1.31+"),
            Map.entry("rbd", "deprecated in v1.28, non-functional in v1.31+"));
    /** Fields whose paths in warnings are written otherwise than in objects. */
    private static final Map<String, String> SHOWN = Map.of("storageos", "storageOS");
    /** Old ones of which a persistent volume is silent. */
    private static final List<String> OF_PODS = List.of("gitRepo", "flocker", "quobyte");

    private VolumeAdvice() {}

    /** A file of a volume, and where it comes from; empty where that is the volume itself. */
    private record Source(String path, String from) {
        boolean hides(Source other) {
            return !path.isEmpty() && !other.path.isEmpty() && (equals(other)
                    || (other.path + "/").startsWith(path + "/") || (path + "/").startsWith(other.path + "/"));
        }

        @Override
        public String toString() {
            return GoString.quoted(path) + (from.isEmpty() ? "" : " (" + from + ")");
        }
    }

    static void volumes(JsonNode volumes, String path, Told told) {
        for (int at = 0; at < volumes.size(); at++) {
            JsonNode volume = volumes.get(at);
            String where = path + "[" + at + "]";
            for (Map.Entry<String, String> old : OLD) {
                if (volume.path(old.getKey()).isObject()) {
                    told.say(where + "." + SHOWN.getOrDefault(old.getKey(), old.getKey()), old.getValue());
                }
            }
            StorageAdvice.claim(volume.path("ephemeral").path("volumeClaimTemplate").path("spec"),
                    where + ".ephemeral.volumeClaimTemplate.spec", told);
        }
        volumes.forEach(volume -> paths(volume, told));
    }

    static void persistent(JsonNode spec, String path, Told told) {
        for (Map.Entry<String, String> old : OLD) {
            if (!OF_PODS.contains(old.getKey()) && spec.path(old.getKey()).isObject()) {
                told.say(path + "." + SHOWN.getOrDefault(old.getKey(), old.getKey()), old.getValue());
            }
        }
    }

    private static void paths(JsonNode volume, Told told) {
        String name = volume.path("name").asText("");
        JsonNode map = volume.path("configMap");
        overlaps(items(map, ""), name, "ConfigMap " + GoString.quoted(map.path("name").asText("")), told);
        JsonNode secret = volume.path("secret");
        overlaps(items(secret, ""), name, "Secret " + GoString.quoted(secret.path("secretName").asText("")), told);
        overlaps(items(volume.path("downwardAPI"), ""), name, "DownwardAPI", told);
        JsonNode sources = volume.path("projected").path("sources");
        List<Source> all = new ArrayList<>();
        for (JsonNode source : sources) {
            if (source.isEmpty()) {
                told.say("volume " + GoString.quoted(name) + " (Projected) has no sources provided");
            }
            projected(source).forEach(file -> overlap(file, all, name, "Projected", told));
        }
    }

    private static List<Source> projected(JsonNode source) {
        if (source.path("configMap").isObject()) {
            JsonNode map = source.path("configMap");
            return items(map, "ConfigMap " + GoString.quoted(map.path("name").asText("")));
        }
        if (source.path("secret").isObject()) {
            JsonNode secret = source.path("secret");
            return items(secret, "Secret " + GoString.quoted(secret.path("name").asText("")));
        }
        if (source.path("downwardAPI").isObject()) {
            return items(source.path("downwardAPI"), "DownwardAPI");
        }
        if (source.path("serviceAccountToken").isObject()) {
            return List.of(file(source.path("serviceAccountToken"), "path", "ServiceAccountToken"));
        }
        if (source.path("clusterTrustBundle").isObject()) {
            JsonNode bundle = source.path("clusterTrustBundle");
            String named = bundle.has("name") ? bundle.path("name").asText() : bundle.path("signerName").asText("");
            return List.of(file(bundle, "path", "ClusterTrustBundle " + GoString.quoted(named)));
        }
        JsonNode certificate = source.path("podCertificate");
        return List.of(file(certificate, "certificateChainPath", "PodCertificate chain"),
                file(certificate, "keyPath", "PodCertificate key"),
                file(certificate, "credentialBundlePath", "PodCertificate credential bundle"));
    }

    private static List<Source> items(JsonNode volume, String from) {
        List<Source> files = new ArrayList<>();
        volume.path("items").forEach(item -> files.add(file(item, "path", from)));
        return files;
    }

    private static Source file(JsonNode holder, String field, String from) {
        return new Source(holder.path(field).asText("").replaceAll("/+$", ""), from);
    }

    private static void overlaps(List<Source> files, String volume, String kind, Told told) {
        List<Source> seen = new ArrayList<>();
        files.forEach(file -> overlap(file, seen, volume, kind, told));
    }

    private static void overlap(Source file, List<Source> seen, String volume, String kind, Told told) {
        for (Source other : seen) {
            if (file.hides(other)) {
                told.say("volume " + GoString.quoted(volume) + " (" + kind + "): overlapping paths: " + file
                        + " with " + other);
            }
        }
        seen.add(file);
    }
}
