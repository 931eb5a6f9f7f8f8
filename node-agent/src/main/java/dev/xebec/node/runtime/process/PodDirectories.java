package dev.xebec.node.runtime.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.PodSandbox;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Pods on disk: {@code pods/UID/pod.json} and {@code pods/UID/containers/NAME/ATTEMPT/}. */
record PodDirectories(Path root) {

    Path pod(String uid) {
        return root.resolve(uid);
    }

    ContainerDirectory container(ContainerId id) {
        return new ContainerDirectory(pod(id.podUid()).resolve("containers").resolve(id.container())
                .resolve(Integer.toString(id.attempt())));
    }

    /** Written whole before it is seen under its name. */
    void write(PodSandbox pod) throws IOException {
        Files.createDirectories(pod.directory());
        ObjectNode json = Json.object().put("uid", pod.uid()).put("namespace", pod.namespace())
                .put("name", pod.name()).put("ip", pod.ip());
        Path fresh = pod.directory().resolve("pod.json.new");
        Files.write(fresh, Json.bytes(json));
        Files.move(fresh, pod.directory().resolve("pod.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Every pod that was written whole. */
    List<PodSandbox> pods() throws IOException {
        List<PodSandbox> pods = new ArrayList<>();
        for (Path directory : children(root)) {
            Path file = directory.resolve("pod.json");
            if (Files.exists(file)) {
                ObjectNode json = Json.parseObject(Files.readAllBytes(file));
                pods.add(new PodSandbox(json.path("uid").asText(), json.path("namespace").asText(),
                        json.path("name").asText(), json.path("ip").asText(), directory));
            }
        }
        return pods;
    }

    /** Every container of a pod that was prepared whole. */
    List<ContainerDirectory> containers(String uid) throws IOException {
        List<ContainerDirectory> found = new ArrayList<>();
        for (Path name : children(pod(uid).resolve("containers"))) {
            for (Path attempt : children(name)) {
                if (Files.exists(attempt.resolve("note.json"))) {
                    found.add(new ContainerDirectory(attempt));
                }
            }
        }
        return found;
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
                all.forEach(children::add);
            }
        }
        return children;
    }
}
