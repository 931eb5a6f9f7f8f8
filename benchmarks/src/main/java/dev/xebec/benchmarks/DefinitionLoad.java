package dev.xebec.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What many CustomResourceDefinitions cost: their creation, the documents that tell of them, first and second time, and
 * how long one more takes to be served.
 */
@Command(name = "definitions", description = "Create CustomResourceDefinitions and read what tells of them.")
final class DefinitionLoad implements Callable<Integer> {
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    private static final String PROTOBUF = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
    private static final int ONE_MORE = 10;
    private static final double PATIENCE_MILLIS = 60_000;

    @Mixin
    private Target target;
    @Option(names = "--count", defaultValue = "1000", description = "definitions (default: ${DEFAULT-VALUE})")
    private int count;
    @Option(names = "--groups", defaultValue = "50", description = "API groups that they are spread over (default: "
            + "${DEFAULT-VALUE})")
    private int groups;
    @Option(names = "--delete", description = "delete them afterwards, and await that they are gone")
    private boolean delete;

    @Override
    public Integer call() throws Exception {
        target.prepare();
        String run = "b" + Long.toString(System.currentTimeMillis(), 36);
        Connection connection = target.connect();
        connection.get("/version");
        documents(connection, "before");
        new Swarm(target).run("create CustomResourceDefinition", count, (one, number) -> create(one, run, number));
        documents(connection, "with " + count + " more, first");
        documents(connection, "again");
        for (int more = 0; more < ONE_MORE; more++) {
            oneMore(connection, run, count + more);
        }
        documents(connection, "after " + ONE_MORE + " more");
        int every = Math.max(1, count / 100);
        new Swarm(target).run("create a first object", count / every, (one, number) -> {
            String body = "{\"apiVersion\":\"" + Definitions.group(number * every, groups) + "/v1\",\"kind\":\"K"
                    + Definitions.plural(run, number * every)
                    + "\",\"metadata\":{\"name\":\"one\"},\"spec\":{\"part0\":{}}}";
            return one.send("POST", objects(run, number * every), body.getBytes(StandardCharsets.UTF_8),
                    "application/json").statusCode();
        });
        System.out.printf(Locale.ROOT, "servers now%s%n", target.servers().figures(1));
        System.out.printf(Locale.ROOT, "for kubectl: kubectl get %s.%s -n %s%n", Definitions.plural(run, 0),
                Definitions.group(0, groups), target.namespace());
        if (delete) {
            remove(connection, run);
        }
        return 0;
    }

    private int create(Connection connection, String run, long number) throws IOException, InterruptedException {
        return connection.send("POST", Definitions.PATH,
                Definitions.definition(run, number, groups).getBytes(StandardCharsets.UTF_8), "application/json")
                .statusCode();
    }

    private String objects(String run, long number) {
        return "/apis/" + Definitions.group(number, groups) + "/v1/namespaces/" + target.namespace() + "/"
                + Definitions.plural(run, number);
    }

    private void documents(Connection connection, String when) throws IOException, InterruptedException {
        Map<String, String[]> asked = new LinkedHashMap<>();
        asked.put("aggregated discovery", new String[]{"/apis", AGGREGATED});
        asked.put("/openapi/v3", new String[]{"/openapi/v3", ""});
        asked.put("/openapi/v3 of apps", new String[]{"/openapi/v3/apis/apps/v1", ""});
        asked.put("/openapi/v3 of a group",
                new String[]{"/openapi/v3/apis/" + Definitions.group(0, groups) + "/v1", ""});
        asked.put("/openapi/v2", new String[]{"/openapi/v2", ""});
        asked.put("/openapi/v2 in protobuf", new String[]{"/openapi/v2", PROTOBUF});
        StringBuilder line = new StringBuilder(when).append(":");
        for (Map.Entry<String, String[]> one : asked.entrySet()) {
            long begun = System.nanoTime();
            HttpResponse<byte[]> response = connection.get(one.getValue()[0], one.getValue()[1]);
            line.append(String.format(Locale.ROOT, " %s %.0f ms%s (%d KB);", one.getKey(), millis(begun),
                    response.statusCode() == 200 ? "" : " HTTP " + response.statusCode(),
                    response.body().length / 1000));
        }
        System.out.println(line);
    }

    private void oneMore(Connection connection, String run, int number) throws IOException, InterruptedException {
        String path = objects(run, number);
        String group = "/openapi/v3/apis/" + Definitions.group(number, groups) + "/v1";
        long begun = System.nanoTime();
        int code = create(connection, run, number);
        double acknowledged = millis(begun);
        int asks = 1;
        while (connection.get(path).statusCode() != 200) {
            asks++;
            patience(begun);
        }
        double served = millis(begun);
        String plural = Definitions.plural(run, number);
        while (!text(connection.get("/apis", AGGREGATED)).contains("\"" + plural + "\"")) {
            asks++;
            patience(begun);
        }
        double discovered = millis(begun);
        while (!text(connection.get(group)).contains("K" + plural)) {
            asks++;
            patience(begun);
        }
        System.out.printf(Locale.ROOT, "one more: HTTP %d after %.0f ms, served after %.0f ms, in discovery after %.0f "
                + "ms, in OpenAPI v3 after %.0f ms; %d questions%n", code, acknowledged, served, discovered,
                millis(begun), asks + 2);
    }

    private void remove(Connection connection, String run) throws IOException, InterruptedException,
            java.security.GeneralSecurityException {
        long begun = System.nanoTime();
        new Swarm(target).run("delete CustomResourceDefinition", count + ONE_MORE,
                (one, number) -> one.send("DELETE", Definitions.PATH + "/" + Definitions.plural(run, number) + "."
                        + Definitions.group(number, groups), new byte[0], "").statusCode());
        while (text(connection.get(Definitions.PATH)).contains("\"" + run + "x")) {
            Thread.sleep(200);
        }
        System.out.printf(Locale.ROOT, "all gone after %.1f s%n", millis(begun) / 1e3);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static void patience(long begun) throws IOException {
        if (millis(begun) > PATIENCE_MILLIS) {
            throw new IOException("a definition was not served within a minute");
        }
    }

    private static double millis(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }
}
