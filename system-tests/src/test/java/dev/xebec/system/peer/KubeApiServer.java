package dev.xebec.system.peer;

import dev.xebec.server.plan.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real kube-apiserver over an etcd of its own, in a folder that the test owns. */
final class KubeApiServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String TOKEN = "a-token-for-one-test";

    private final Path folder;
    private final FreePorts ports = new FreePorts();
    private final int port = ports.getAsInt();
    private final List<Process> processes = new ArrayList<>();

    private KubeApiServer(Path folder) {
        this.folder = folder;
    }

    /** @param program its binary @param etcd etcd's, or its name on the PATH */
    static KubeApiServer start(Path folder, String program, String etcd) throws Exception {
        KubeApiServer server = new KubeApiServer(folder);
        try {
            server.start(program, etcd);
            return server;
        } catch (Exception failed) {
            server.close();
            throw failed;
        }
    }

    private void start(String program, String etcd) throws Exception {
        String store = "http://127.0.0.1:" + ports.getAsInt();
        String peer = "http://127.0.0.1:" + ports.getAsInt();
        Path key = serviceAccountKey();
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,admin,\"system:masters\"\n");
        run("etcd", etcd, "--data-dir", folder.resolve("etcd").toString(), "--listen-client-urls", store,
                "--advertise-client-urls", store, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
                "--initial-cluster", "default=" + peer, "--unsafe-no-fsync");
        // No ServiceAccount admission: there is no controller here that would make the accounts it asks for.
        run("kube-apiserver", program, "--etcd-servers=" + store, "--secure-port=" + port, "--bind-address=127.0.0.1",
                "--cert-dir=" + folder.resolve("certs"), "--service-cluster-ip-range=10.96.0.0/16",
                "--service-account-issuer=https://kubernetes.default.svc", "--service-account-key-file=" + key,
                "--service-account-signing-key-file=" + key, "--token-auth-file=" + tokens,
                "--authorization-mode=RBAC", "--allow-privileged=true", "--disable-admission-plugins=ServiceAccount");
        awaitReady();
    }

    private Path serviceAccountKey() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String pem = Base64.getMimeEncoder(64, new byte[]{'\n'})
                .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        return Files.writeString(folder.resolve("accounts.key"),
                "-----BEGIN PRIVATE KEY-----\n" + pem + "\n-----END PRIVATE KEY-----\n");
    }

    private void run(String name, String... command) throws IOException {
        processes.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile()).start());
    }

    private void awaitReady() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Asked asked = new Asked(kubeconfig())) {
            PeerCase ready = new PeerCase("", 0, "GET", "/readyz", "application/json", "*/*", null);
            while (!answersOk(asked, ready)) {
                if (System.nanoTime() > end || processes.stream().anyMatch(process -> !process.isAlive())) {
                    throw new IllegalStateException("kube-apiserver is not ready:\n"
                            + Files.readString(folder.resolve("kube-apiserver.log")));
                }
                TimeUnit.MILLISECONDS.sleep(300);
            }
        }
    }

    private static boolean answersOk(Asked asked, PeerCase ready) throws InterruptedException {
        try {
            return asked.ask(ready).code() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    String kubeconfig() {
        return """
                apiVersion: v1
                kind: Config
                current-context: c
                clusters: [{name: p, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
                users: [{name: a, user: {token: %s}}]
                contexts: [{name: c, context: {cluster: p, user: a}}]
                """.formatted(port, TOKEN);
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes.reversed()) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
