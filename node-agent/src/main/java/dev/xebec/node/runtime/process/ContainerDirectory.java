package dev.xebec.node.runtime.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.object.Json;
import dev.xebec.node.runtime.ContainerId;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerSpec.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is written about one container: by the agent before it starts, by the launcher while it runs and when it ends. */
record ContainerDirectory(Path path) {
    private static final Pattern LINE = Pattern.compile("[0-9]{1,18}( [0-9]{1,18})*\n");

    /** What a later agent has to know of a container. */
    record Note(ContainerId id, String image, Instant startedAt, Duration backOff, String workingDir,
            Map<String, String> env, Console console) {}

    /** A process, safe against a pid that was used again. */
    record Supervisor(long pid, long startTicks) {}

    /** What the launcher wrote at the end. */
    record Ending(int code, Instant at) {}

    /** Only the owner may look: the environment holds secrets. */
    void create(Note note) throws IOException {
        Files.createDirectories(path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        ObjectNode json = Json.object().put("podUid", note.id().podUid()).put("container", note.id().container())
                .put("attempt", note.id().attempt()).put("image", note.image())
                .put("startedAt", note.startedAt().toString()).put("backOffSeconds", note.backOff().toSeconds())
                .put("workingDir", note.workingDir());
        json.put("stdin", note.console().stdin()).put("stdinOnce", note.console().stdinOnce()).put("tty",
                note.console().tty());
        ObjectNode env = json.putObject("env");
        note.env().forEach(env::put);
        WholeFile.write(path, "note.json", Json.bytes(json));
    }

    /** IOException also where it is there and makes no sense, as after a loss of data. */
    Note note() throws IOException {
        byte[] content = Files.readAllBytes(path.resolve("note.json"));
        try {
            return note(Json.parseObject(content));
        } catch (IllegalArgumentException | DateTimeException garbled) {
            throw new IOException(path.resolve("note.json") + " is garbled: " + garbled.getMessage(), garbled);
        }
    }

    private static Note note(ObjectNode json) {
        Map<String, String> env = new LinkedHashMap<>();
        json.path("env").properties().forEach(each -> env.put(each.getKey(), each.getValue().asText()));
        return new Note(new ContainerId(json.path("podUid").asText(), json.path("container").asText(),
                json.path("attempt").asInt()), json.path("image").asText(),
                Instant.parse(json.path("startedAt").asText()),
                Duration.ofSeconds(json.path("backOffSeconds").asLong()), json.path("workingDir").asText(), env,
                new Console(json.path("stdin").asBoolean(), json.path("stdinOnce").asBoolean(),
                        json.path("tty").asBoolean()));
    }

    void write(String name, byte[] content) throws IOException {
        Path fresh = path.resolve(name + ".new");
        Files.write(fresh, content);
        Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    @Nullable
    Supervisor supervisor() throws IOException {
        return process("pid");
    }

    /** Who holds the standard input open; null where nobody does. */
    @Nullable
    Supervisor inputHolder() throws IOException {
        return process("stdin-holder");
    }

    Path input() {
        return path.resolve("stdin");
    }

    private @Nullable Supervisor process(String name) throws IOException {
        String[] words = words(name);
        return words.length == 2 ? new Supervisor(Long.parseLong(words[0]), Long.parseLong(words[1])) : null;
    }

    /** The process that a SIGTERM is for; 0 until it is there. */
    long main() throws IOException {
        String[] words = words("main");
        return words.length == 1 ? Long.parseLong(words[0]) : 0;
    }

    @Nullable
    Ending ending() throws IOException {
        String[] words = words("exit");
        return words.length == 2
                ? new Ending((int) Long.parseLong(words[0]), Instant.ofEpochSecond(Long.parseLong(words[1])))
                : null;
    }

    String startError() throws IOException {
        return text("start-error", 4_096);
    }

    Path message() {
        return path.resolve("termination-log");
    }

    /** The termination message, at most 4,096 bytes as in Kubernetes. */
    String terminationMessage() throws IOException {
        return text("termination-log", 4_096);
    }

    /** Numbers of a line, which is read only when it is whole. */
    private String[] words(String name) throws IOException {
        String text = text(name, 256);
        return LINE.matcher(text).matches() ? text.strip().split(" ") : new String[0];
    }

    private String text(String name, int most) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            return "";
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(most), StandardCharsets.UTF_8);
        }
    }
}
