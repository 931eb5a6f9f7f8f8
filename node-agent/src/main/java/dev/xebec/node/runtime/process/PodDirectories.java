package dev.xebec.node.runtime.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.PodSandbox;
import dev.xebec.node.runtime.process.ContainerDirectory.Note;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pods on disk: {@code pods/UID/pod.json} and {@code pods/UID/containers/NAME/ATTEMPT/}.
 *
 * @param unreadable where that is put which cannot be read any more
 */
record PodDirectories(Path root, Path unreadable) {
    private static final Logger LOG = LoggerFactory.getLogger(PodDirectories.class);

    Path pod(String uid) {
        return root.resolve(uid);
    }

    ContainerDirectory container(ContainerId id) {
        return new ContainerDirectory(pod(id.podUid()).resolve("containers").resolve(id.container())
                .resolve(Integer.toString(id.attempt())));
    }

    /** On the disk before anything else happens to the pod. */
    void write(PodSandbox pod) throws IOException {
        Files.createDirectories(pod.directory());
        WholeFile.write(pod.directory(), "pod.json", Json.bytes(Json.object().put("uid", pod.uid())
                .put("namespace", pod.namespace()).put("name", pod.name()).put("ip", pod.ip())));
    }

    /** Every pod that can be read; the others make room for new ones of their uid. */
    List<PodSandbox> pods() throws IOException {
        List<PodSandbox> pods = new ArrayList<>();
        for (Path directory : children(root)) {
            try {
                Optional<PodSandbox> pod = pod(directory);
                if (pod.isPresent()) {
                    pods.add(pod.get());
                } else {
                    Trees.delete(directory);
                }
            } catch (IOException garbled) {
                List<String> containers = new ArrayList<>();
                attempts(directory).forEach(each -> containers.add(id(directory, each).toString()));
                setAside(directory, directory.getFileName().toString(), containers, garbled);
            }
        }
        return pods;
    }

    /** Empty where the pod was never written, and so nothing of it ever began. */
    private static Optional<PodSandbox> pod(Path directory) throws IOException {
        Path file = directory.resolve("pod.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            ObjectNode json = Json.parseObject(Files.readAllBytes(file));
            PodSandbox pod = new PodSandbox(json.path("uid").asText(), json.path("namespace").asText(),
                    json.path("name").asText(), json.path("ip").asText(), directory);
            if (!directory.endsWith(pod.uid()) || pod.uid().isEmpty() || pod.ip().isEmpty()) {
                throw new IOException(file + " does not describe the pod of this directory");
            }
            return Optional.of(pod);
        } catch (IllegalArgumentException garbled) {
            throw new IOException(file + " is garbled: " + garbled.getMessage(), garbled);
        }
    }

    /** Every container of a pod that can be read; the others make room for new ones of their id. */
    Map<ContainerDirectory, Note> containers(String uid) throws IOException {
        Map<ContainerDirectory, Note> found = new LinkedHashMap<>();
        Path pod = pod(uid);
        for (Path attempt : attempts(pod)) {
            ContainerDirectory directory = new ContainerDirectory(attempt);
            try {
                if (!Files.exists(attempt.resolve("note.json"))) {
                    // Written before the launch: this one was never launched.
                    Trees.delete(attempt);
                    continue;
                }
                Note note = directory.note();
                if (!container(note.id()).equals(directory)) {
                    throw new IOException(attempt + " holds the note of another container: " + note.id());
                }
                found.put(directory, note);
            } catch (IOException garbled) {
                String id = id(pod, attempt).toString();
                setAside(attempt, id, List.of(id), garbled);
            }
        }
        return found;
    }

    private static List<Path> attempts(Path pod) throws IOException {
        List<Path> attempts = new ArrayList<>();
        for (Path name : children(pod.resolve("containers"))) {
            for (Path attempt : children(name)) {
                if (attempt.getFileName().toString().matches("[0-9]{1,9}")) {
                    attempts.add(attempt);
                }
            }
        }
        return attempts;
    }

    /** As the place says it. */
    private static ContainerId id(Path pod, Path attempt) {
        return new ContainerId(pod.getFileName().toString(), attempt.getName(attempt.getNameCount() - 2).toString(),
                Integer.parseInt(attempt.getFileName().toString()));
    }

    /** Ends what may still run there, and keeps the files for a human; at most one such place for each name. */
    private void setAside(Path directory, String name, List<String> containers, IOException why) {
        Path place = unreadable.resolve(name);
        LOG.error("What is in {} cannot be taken over and is set aside in {}", directory, place, why);
        try {
            for (String container : containers) {
                for (long pid : ProcessTable.withVariable(Launcher.MARK + "=" + container)) {
                    ProcessTable.signal(pid, true);
                }
            }
            Files.createDirectories(unreadable);
            Trees.delete(place);
            Files.move(directory, place);
        } catch (IOException disk) {
            LOG.error("{} cannot be set aside", directory, disk);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, Files::isDirectory)) {
                all.forEach(children::add);
            }
        }
        return children;
    }
}
