package dev.xebec.gateway.testing;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.KeyValue;
import dev.xebec.gateway.cache.CachedObject;
import dev.xebec.gateway.encode.Encoder;
import dev.xebec.gateway.encode.OutputForm;
import dev.xebec.gateway.request.Answer;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersionResource;
import dev.xebec.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints what reads cost inside the gateway, without network: memory of cached pods, and lists in each form. Run by hand
 * with the number of pods; it is no test.
 */
public final class ReadFigures {
    private static final OutputForm PROTOBUF = form(OutputForm.Shape.OBJECT, OutputForm.Format.PROTOBUF);
    private static final Kind POD = KindRegistry.builtIn().byResource(GroupVersionResource.PODS).orElseThrow();

    private ReadFigures() {}

    private static OutputForm form(OutputForm.Shape shape, OutputForm.Format format) {
        return new OutputForm(shape, format, "Metadata", "v1", false);
    }

    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        byte[] pod = typicalPod();
        long before = used();
        List<CachedObject> pods = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            KeyValue stored = new KeyValue("/pods/default/p" + at, Bytes.of(pod.clone()), 1, 1_000 + at, 1);
            pods.add(CachedObject.of(new ObjectKey("default", "p" + at), stored));
        }
        System.out.printf(Locale.ROOT, "%d pods of %d bytes: %.1f MB in the cache%n", count, pod.length,
                (used() - before) / 1e6);
        Encoder encoder = new Encoder(InstantSource.system());
        for (int round = 0; round < 3; round++) {
            list(encoder, "JSON", OutputForm.PLAIN, pods);
            list(encoder, "protobuf", PROTOBUF, pods);
            list(encoder, "table", form(OutputForm.Shape.TABLE, OutputForm.Format.JSON), pods);
            list(encoder, "metadata JSON", form(OutputForm.Shape.PARTIAL, OutputForm.Format.JSON), pods);
        }
        System.out.printf(Locale.ROOT, "with kept protobuf: %.1f MB%n", (used() - before) / 1e6);
        if (pods.isEmpty() || encoder.hashCode() == 0) {
            throw new IllegalStateException("kept alive until here");
        }
    }

    private static void list(Encoder encoder, String name, OutputForm form, List<CachedObject> pods) {
        long start = System.nanoTime();
        Answer.Body body = encoder.list(form, POD, new Encoder.ListMeta(1, "", -1), pods);
        long size = body.size();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "list in %s: %.1f MB in %.0f ms, %.0f MB/s, %.2f us a pod%n", name, size / 1e6,
                seconds * 1e3, size / 1e6 / seconds, seconds * 1e6 / pods.size());
    }

    private static byte[] typicalPod() {
        try (TestApi gateway = new TestApi()) {
            gateway.api().post(TestApi.PODS, """
                    {"metadata":{"name":"typical","labels":{"app":"benchmark","tier":"load"},
                    "annotations":{"example.com/note":"made by the load generator"}},
                    "spec":{"nodeName":"node-1","containers":[{"name":"main","image":"benchmark:1",
                    "command":["sleep","3600"],"env":[{"name":"A","value":"one"},{"name":"B","value":"two"}],
                    "resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}""").expect(201);
            gateway.api().merge(TestApi.PODS + "/typical/status", """
                    {"status":{"phase":"Running","podIP":"127.64.0.9","podIPs":[{"ip":"127.64.0.9"}],
                    "startTime":"2026-01-01T00:00:00Z","conditions":[
                    {"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"},
                    {"type":"Initialized","status":"True","lastTransitionTime":"2026-01-01T00:00:00Z"}],
                    "containerStatuses":[{"name":"main","image":"benchmark:1","imageID":"benchmark:1","ready":true,
                    "restartCount":0,"started":true,"state":{"running":{"startedAt":"2026-01-01T00:00:00Z"}}}]}}""")
                    .expect(200);
            String json = gateway.api().get(TestApi.PODS + "/typical").expect(200).response().body().utf8();
            return json.replaceFirst("\"resourceVersion\":\"\\d+\",", "").getBytes(StandardCharsets.UTF_8);
        }
    }

    private static long used() {
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
