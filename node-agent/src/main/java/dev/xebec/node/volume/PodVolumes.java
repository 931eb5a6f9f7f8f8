package dev.xebec.node.volume;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.node.environment.Expansion;
import dev.xebec.node.environment.MissingReferenceException;
import dev.xebec.node.environment.PodFacts;
import dev.xebec.node.environment.ReferencedObjects;
import dev.xebec.node.runtime.ContainerSpec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The volumes of one pod, below its directory. {@link MissingReferenceException} where something that a volume needs is
 * not there (yet) or a kind of volume is not known here.
 */
public final class PodVolumes {
    private final Path directory;
    private final PodFacts facts;
    private final ReferencedObjects objects;
    private final TokenSource tokens;

    /** @param directory of the pod */
    public PodVolumes(Path directory, PodFacts facts, ReferencedObjects objects, TokenSource tokens) {
        this.directory = directory.resolve("volumes");
        this.facts = facts;
        this.objects = objects;
        this.tokens = tokens;
    }

    /** Makes every volume, or brings it up to date. Called before containers start and again from time to time. */
    public void prepare() throws IOException {
        for (JsonNode volume : facts.pod().spec().path("volumes")) {
            try {
                prepare(volume);
            } catch (MissingReferenceException missing) {
                throw new MissingReferenceException("MountVolume.SetUp failed for volume \""
                        + volume.path("name").asText("") + "\" : " + missing.text());
            }
        }
    }

    /** Whether any volume shows other objects, and so has to be looked at again. */
    public boolean refreshes() {
        for (JsonNode volume : facts.pod().spec().path("volumes")) {
            if (VolumeContent.describes(volume)) {
                return true;
            }
        }
        return false;
    }

    private void prepare(JsonNode volume) throws IOException {
        Path source = source(volume);
        if (VolumeContent.describes(volume)) {
            new AtomicDirectory(source).write(VolumeContent.of(volume, facts, objects, tokens));
        } else if (volume.has("hostPath")) {
            prepareHostPath(source, volume.path("hostPath").path("type").asText(""));
        } else if (volume.has("emptyDir")) {
            if (!Files.isDirectory(source)) {
                Files.createDirectories(source);
                Files.setPosixFilePermissions(source, AtomicDirectory.permissions(0777));
            }
        } else {
            List<String> kinds = new ArrayList<>();
            volume.fieldNames().forEachRemaining(kinds::add);
            kinds.remove("name");
            throw new MissingReferenceException("volume \"" + volume.path("name").asText("") + "\" is of the kind "
                    + kinds + ", which this node does not have");
        }
    }

    private static void prepareHostPath(Path path, String type) throws IOException {
        boolean fine = switch (type) {
            case "DirectoryOrCreate" -> Files.isDirectory(Files.createDirectories(path));
            case "Directory" -> Files.isDirectory(path);
            case "FileOrCreate" -> Files.exists(path) || Files.exists(Files.createFile(path));
            case "File" -> Files.isRegularFile(path);
            default -> Files.exists(path);
        };
        if (!fine) {
            throw new MissingReferenceException("hostPath type check failed: " + path + " is not a "
                    + (type.isEmpty() ? "file or directory" : type.toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private Path source(JsonNode volume) {
        return volume.has("hostPath")
                ? Path.of(volume.path("hostPath").path("path").asText("/"))
                : directory.resolve(volume.path("name").asText(""));
    }

    /** Where a container wants its volumes. */
    public List<Mount> mounts(JsonNode container, Map<String, String> env) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (JsonNode mount : container.path("volumeMounts")) {
            JsonNode volume = volume(mount.path("name").asText(""));
            Path source = source(volume);
            String sub = mount.has("subPathExpr")
                    ? Expansion.expand(mount.path("subPathExpr").asText(""), env)
                    : mount.path("subPath").asText("");
            if (!sub.isEmpty()) {
                source = below(source, sub);
            }
            mounts.add(new Mount(source.toString(), mount.path("mountPath").asText(""),
                    mount.path("readOnly").asBoolean(false) || VolumeContent.describes(volume)));
        }
        return mounts;
    }

    /** A sub-path that is not there becomes a directory; one of a volume of files is the file as it is now. */
    private static Path below(Path volume, String sub) throws IOException {
        Path inside = volume.resolve(sub).normalize();
        if (!inside.startsWith(volume)) {
            throw new MissingReferenceException("subPath \"" + sub + "\" leaves the volume");
        }
        if (!Files.exists(inside)) {
            Files.createDirectories(inside);
        }
        Path real = inside.toRealPath();
        if (!real.startsWith(volume.toRealPath())) {
            throw new MissingReferenceException("subPath \"" + sub + "\" leaves the volume");
        }
        return real;
    }

    private JsonNode volume(String name) {
        for (JsonNode volume : facts.pod().spec().path("volumes")) {
            if (volume.path("name").asText("").equals(name)) {
                return volume;
            }
        }
        throw new MissingReferenceException("volume \"" + name + "\" is not defined");
    }
}
