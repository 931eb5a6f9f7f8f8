package dev.xebec.gateway.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** A gateway to play with by hand: prints its kubeconfig's path and stays. */
public final class TryIt {
    private TryIt() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        TestGateway gateway = new TestGateway(directory, new dev.xebec.state.memory.InMemoryStateStore("try"),
                Integer.parseInt(args[1]));
        Path config = directory.resolve("kubeconfig");
        Files.writeString(config, """
                apiVersion: v1
                kind: Config
                current-context: t
                clusters: [{name: t, cluster: {server: "%s", certificate-authority: %s}}]
                users: [{name: t, user: {client-certificate: %s, client-key: %s}}]
                contexts: [{name: t, context: {cluster: t, user: t}}]
                """.formatted(gateway.url(), gateway.pki().file("ca.crt"), gateway.pki().file("admin.crt"),
                gateway.pki().file("admin.key")));
        System.out.println("ready " + gateway.url() + " " + config);
        Thread.sleep(Long.MAX_VALUE);
    }
}
