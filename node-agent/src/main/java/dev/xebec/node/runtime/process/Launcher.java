package dev.xebec.node.runtime.process;

import dev.xebec.node.log.ContainerLog;
import dev.xebec.node.runtime.ContainerSpec;
import dev.xebec.node.runtime.ContainerSpec.Mount;
import dev.xebec.node.runtime.PodSandbox;
import dev.xebec.node.runtime.RefusedException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a container's specification into a launcher that runs in a session of its own. */
final class Launcher {
    /** Marks every process of a container. */
    static final String MARK = "XEBEC_CONTAINER";
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** Names that would change how the launcher's own shell and tools work. */
    private static final Set<String> DELICATE = Set.of("IFS", "ENV", "BASH_ENV", "PS4", "OPTIND", "LD_PRELOAD",
            "LD_LIBRARY_PATH", "LD_AUDIT", "PWD", "OLDPWD", "SHELLOPTS", "BASHOPTS");
    /** Where absolute mounts cannot be had, these are left out silently: every pod has them. */
    private static final String TOKEN_MOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final Path script;
    private final Isolation isolation;
    private final List<Path> masked;
    private final long layerBytes;
    private final String whyPlain;

    Launcher(Path script, Isolation isolation, List<Path> masked, long layerBytes, String whyPlain) {
        this.script = script;
        this.isolation = isolation;
        this.masked = masked;
        this.layerBytes = layerBytes;
        this.whyPlain = whyPlain;
    }

    /** The environment as the container will see it. */
    Map<String, String> environment(ContainerSpec spec, PodSandbox pod) {
        Map<String, String> env = new LinkedHashMap<>(spec.env());
        env.put("PATH", env.getOrDefault("PATH", DEFAULT_PATH) + ":" + System.getProperty("java.home") + "/bin");
        env.putIfAbsent("HOSTNAME", spec.hostname());
        env.putIfAbsent("HOME", isolation == Isolation.PLAIN ? pod.directory().toString() : "/root");
        env.put(MARK, spec.id().toString());
        return env;
    }

    String workingDir(ContainerSpec spec, PodSandbox pod) {
        if (!spec.workingDir().isEmpty()) {
            return spec.workingDir();
        }
        return isolation == Isolation.PLAIN
                ? pod.directory().resolve("work").resolve(spec.id().container()).toString()
                : "/";
    }

    /** Whether this runtime can carry the container out at all; throws {@link RefusedException} where not. */
    void check(ContainerSpec spec) {
        if (spec.command().isEmpty()) {
            throw new RefusedException("CommandRequired",
                    "the process runtime runs commands and only records images: container \"" + spec.id().container()
                            + "\" (image \"" + spec.image() + "\") needs a command (kubectl run: --command)");
        }
        for (Mount mount : spec.mounts()) {
            if ((mount.source() + mount.target()).matches("(?s).*[\\t\\n].*")) {
                throw new RefusedException("CreateContainerError",
                        "volume mount \"" + mount.target() + "\": tabs and line ends are not possible in paths");
            }
            boolean absolute = mount.target().startsWith("/") && !mount.target().startsWith(TOKEN_MOUNT);
            if (isolation == Isolation.PLAIN && absolute) {
                throw new RefusedException("CreateContainerError", "volume mount \"" + mount.target()
                        + "\" cannot be made: " + whyPlain + "; a relative mountPath is possible");
            }
        }
    }

    /** Prepares the directory and starts the supervisor. */
    Process launch(ContainerSpec spec, PodSandbox pod, ContainerDirectory directory, List<Path> cgroups)
            throws IOException {
        String workingDir = workingDir(spec, pod);
        if (isolation == Isolation.PLAIN) {
            preparePlain(spec, Path.of(workingDir));
        } else {
            prepareIsolated(spec, pod, directory);
        }
        if (!cgroups.isEmpty()) {
            directory.write("cgroups", lines(cgroups.stream().map(Path::toString).toList()));
        }
        Map<String, String> env = environment(spec, pod);
        String path = env.getOrDefault("PATH", DEFAULT_PATH);
        List<String> command = new ArrayList<>(List.of("setsid", "sh", script.toString(), isolation.mode(),
                directory.path().toString(), path, workingDir));
        command.addAll(delicate(env));
        command.addAll(spec.console().tty() ? Terminal.within(spec.command()) : spec.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> given = builder.environment();
        given.clear();
        env.forEach((name, value) -> {
            if (!isDelicate(name)) {
                given.put(name, value);
            }
        });
        given.put("XEBEC_HOSTNAME", spec.hostname());
        given.put("XEBEC_LAYER_BYTES", Long.toString(layerBytes));
        if (spec.console().stdin()) {
            given.put("XEBEC_STDIN", "1");
        }
        if (spec.console().tty()) {
            Terminal.prepare(given);
        }
        return builder.redirectInput(new File("/dev/null"))
                .redirectOutput(Redirect.appendTo(ContainerLog.stdoutCapture(directory.path()).toFile()))
                .redirectError(Redirect.appendTo(ContainerLog.stderrCapture(directory.path()).toFile())).start();
    }

    /** A shell drops or obeys some variables; those reach the command by {@code env}. */
    static List<String> delicate(Map<String, String> env) {
        List<String> prefix = new ArrayList<>();
        env.forEach((name, value) -> {
            if (isDelicate(name)) {
                prefix.add(name + "=" + value);
            }
        });
        if (!prefix.isEmpty()) {
            prefix.add(0, "env");
        }
        return prefix;
    }

    static boolean isDelicate(String name) {
        return !SHELL_NAME.matcher(name).matches() || DELICATE.contains(name);
    }

    private static void preparePlain(ContainerSpec spec, Path workingDir) throws IOException {
        if (spec.workingDir().isEmpty()) {
            Files.createDirectories(workingDir);
        }
        for (Mount mount : spec.mounts()) {
            if (!mount.target().startsWith("/")) {
                Path link = workingDir.resolve(mount.target()).normalize();
                if (link.startsWith(workingDir) && !Files.exists(link, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    Path parent = link.getParent();
                    Files.createDirectories(parent == null ? workingDir : parent);
                    Files.createSymbolicLink(link, Path.of(mount.source()));
                }
            }
        }
    }

    private void prepareIsolated(ContainerSpec spec, PodSandbox pod, ContainerDirectory directory) throws IOException {
        List<String> mounts = new ArrayList<>();
        mounts.add("rw\t" + hostsFile(spec, pod) + "\t/etc/hosts");
        if (spec.messagePath().startsWith("/")) {
            Files.write(directory.message(), new byte[0]);
            mounts.add("rw\t" + directory.message() + "\t" + spec.messagePath());
        }
        for (Mount mount : spec.mounts()) {
            String target = Path.of("/").resolve(spec.workingDir()).resolve(mount.target()).normalize().toString();
            mounts.add((mount.readOnly() ? "ro" : "rw") + "\t" + mount.source() + "\t" + target);
        }
        directory.write("mounts", lines(mounts));
        List<String> hidden = new ArrayList<>();
        for (Path each : masked) {
            hidden.add(real(each).toString());
        }
        directory.write("masked", lines(hidden));
    }

    /** Without links: within the new root those would lead back to the old one, and the directory would be seen. */
    private static Path real(Path path) throws IOException {
        return Files.exists(path) ? path.toRealPath() : path.toAbsolutePath().normalize();
    }

    /** The host's own, and the pod. */
    private static Path hostsFile(ContainerSpec spec, PodSandbox pod) throws IOException {
        Path hosts = pod.directory().resolve("etc-hosts");
        if (!Files.exists(hosts)) {
            Path host = Path.of("/etc/hosts");
            String known = Files.isReadable(host) ? Files.readString(host) : "127.0.0.1\tlocalhost\n";
            Files.writeString(hosts, known.stripTrailing() + "\n" + pod.ip() + "\t" + spec.hostname() + "\n");
        }
        return hosts;
    }

    private static byte[] lines(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
