package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.Https;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.gateway.testing.TestGateway;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.protobuf.ProtobufDecoder;
import dev.xebec.state.memory.InMemoryStateStore;
import io.kubernetes.client.proto.Meta;
import java.io.DataInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Watches in every form and over every protocol. */
class WatchFormsTest {
    private static final String MAPS = TestApi.CONFIG_MAPS;
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
    private static TestGateway gateway;
    private static Api api;

    @BeforeAll
    static void start(@TempDir Path directory) {
        gateway = new TestGateway(directory);
        api = gateway.api();
        api.post("/api/v1/namespaces", "{'metadata':{'name':'default'}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Api.Reply make(String name) {
        return api.post(MAPS, "{'metadata':{'name':'" + name + "','labels':{'l':'" + name + "'}},'data':{'a':'1'}}")
                .expect(201);
    }

    private static HttpResponse<InputStream> watch(HttpClient.Version version, String query, String accept)
            throws Exception {
        Https https = new Https(gateway, "admin", version);
        HttpResponse<InputStream> response = https.client().send(
                https.request(MAPS + "?watch=true&" + query).header("Accept", accept).GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private record Event(String type, ObjectNode object) {}

    private static Event event(byte[] message) throws Exception {
        Meta.WatchEvent event = Meta.WatchEvent.parseFrom(message);
        return new Event(event.getType(), ProtobufDecoder.decode(event.getObject().getRaw().toByteArray(),
                KindRegistry.builtIn()));
    }

    private static Event next(DataInputStream in) throws Exception {
        byte[] message = new byte[in.readInt()];
        in.readFully(message);
        return event(message);
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aProtobufWatchIsFramesWithTheirLength(HttpClient.Version version) throws Exception {
        String name = "proto-" + version.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        String query = "labelSelector=l=" + name + "&resourceVersion=" + make(name).revision()
                + "&allowWatchBookmarks=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
        HttpResponse<InputStream> response = watch(version, query, PROTOBUF + ",application/json");
        assertThat(response.headers().firstValue("content-type")).contains(PROTOBUF + ";stream=watch");
        try (DataInputStream in = new DataInputStream(response.body())) {
            Event added = next(in);
            assertThat(added.type()).isEqualTo("ADDED");
            assertThat(added.object().at("/data/a").asText()).isEqualTo("1");
            Event end = next(in);
            assertThat(end.type()).isEqualTo("BOOKMARK");
            assertThat(end.object().at("/metadata/annotations/k8s.io~1initial-events-end").asText()).isEqualTo("true");
            api.merge(MAPS + "/" + name, "{'data':{'a':'2'}}").expect(200);
            assertThat(next(in).object().at("/data/a").asText()).isEqualTo("2");
            api.merge(MAPS + "/" + name, "{'metadata':{'labels':{'l':'x'}}}").expect(200);
            Event left = next(in);
            assertThat(left.type()).isEqualTo("DELETED");
            assertThat(left.object().at("/metadata/labels/l").asText()).as("the old state").isEqualTo(name);
            api.merge(MAPS + "/" + name, "{'metadata':{'labels':{'l':'" + name + "'}}}").expect(200);
            assertThat(next(in).type()).isEqualTo("ADDED");
            long before = api.get(MAPS + "/" + name).revision();
            api.delete(MAPS + "/" + name).expect(200);
            Event gone = next(in);
            assertThat(gone.type()).isEqualTo("DELETED");
            assertThat(gone.object().at("/metadata/resourceVersion").asLong()).isGreaterThan(before);
        }
    }

    @Test
    void allProtobufWatchersAreSentTheSameBytes() throws Exception {
        String query = "resourceVersion=" + make("shared-before").revision();
        try (InputStream one = watch(HttpClient.Version.HTTP_2, query, PROTOBUF).body();
                InputStream two = watch(HttpClient.Version.HTTP_1_1, query, PROTOBUF).body()) {
            make("shared");
            DataInputStream first = new DataInputStream(one);
            byte[] message = new byte[first.readInt()];
            first.readFully(message);
            DataInputStream second = new DataInputStream(two);
            byte[] other = new byte[second.readInt()];
            second.readFully(other);
            assertThat(other).isEqualTo(message);
            assertThat(event(message).object().at("/metadata/name").asText()).isEqualTo("shared");
        }
    }

    @Test
    void aTableHasItsColumnsInTheFirstEventAlone() throws Exception {
        String query = "fieldSelector=metadata.name=tabled&resourceVersion=" + make("before-table").revision();
        HttpResponse<InputStream> response = watch(HttpClient.Version.HTTP_2, query,
                "application/json;as=Table;v=v1;g=meta.k8s.io");
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        try (LineReader lines = new LineReader(response.body())) {
            make("tabled");
            ObjectNode first = lines.next();
            assertThat(first.at("/object/kind").asText()).isEqualTo("Table");
            assertThat(first.at("/object/columnDefinitions")).isNotEmpty();
            assertThat(first.at("/object/rows/0/object/metadata/name").asText()).isEqualTo("tabled");
            api.delete(MAPS + "/tabled").expect(200);
            ObjectNode second = lines.next();
            assertThat(second.path("type").asText()).isEqualTo("DELETED");
            assertThat(second.at("/object/columnDefinitions")).isEmpty();
            assertThat(second.at("/object/rows/0/cells")).hasSameSizeAs(first.at("/object/rows/0/cells"));
        }
    }

    @Test
    void aWatchOfMetadataHasNothingElse() throws Exception {
        String query = "fieldSelector=metadata.name=partial&resourceVersion=" + make("partial").revision()
                + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";
        try (LineReader lines = new LineReader(watch(HttpClient.Version.HTTP_1_1, query,
                "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io").body())) {
            ObjectNode event = lines.next();
            assertThat(event.at("/object/kind").asText()).isEqualTo("PartialObjectMetadata");
            assertThat(event.at("/object/metadata/name").asText()).isEqualTo("partial");
            assertThat(event.at("/object").has("data")).isFalse();
        }
    }

    @Test
    void theOldPrefixWatchesACollectionOrOneObject() throws Exception {
        make("prefixed");
        make("prefixed-too");
        try (Https https = new Https(gateway, "admin", HttpClient.Version.HTTP_1_1)) {
            HttpResponse<InputStream> one = https.client().send(
                    https.request("/api/v1/watch/namespaces/default/configmaps/prefixed").GET().build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (LineReader lines = new LineReader(one.body())) {
                assertThat(lines.next().at("/object/metadata/name").asText()).isEqualTo("prefixed");
                api.delete(MAPS + "/prefixed-too").expect(200);
                api.delete(MAPS + "/prefixed").expect(200);
                assertThat(lines.next().path("type").asText()).isEqualTo("DELETED");
            }
        }
    }

    @Test
    void yamlHasNoStream() throws Exception {
        try (Https https = new Https(gateway, "admin", HttpClient.Version.HTTP_1_1)) {
            HttpResponse<String> refused = https
                    .send(https.request(MAPS + "?watch=true").header("Accept", "application/yaml").GET());
            assertThat(refused.statusCode()).isEqualTo(406);
            assertThat(refused.body()).contains(
                    "application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch");
        }
    }

    @Test
    void aWebSocketHasATextMessagePerEventOrABinaryOneInProtobuf() throws Exception {
        String query = "?watch=true&fieldSelector=metadata.name=socket&resourceVersion="
                + make("before-socket").revision();
        try (Https https = new Https(gateway, "admin", HttpClient.Version.HTTP_1_1)) {
            Messages json = new Messages();
            WebSocket text = https.client().newWebSocketBuilder()
                    .buildAsync(URI.create(gateway.url().replace("https", "wss") + MAPS + query), json).join();
            Messages bytes = new Messages();
            WebSocket binary = https.client().newWebSocketBuilder().header("Accept", PROTOBUF)
                    .buildAsync(URI.create(gateway.url().replace("https", "wss") + MAPS + query), bytes).join();
            make("socket");
            api.delete(MAPS + "/socket").expect(200);
            for (String type : List.of("ADDED", "DELETED")) {
                assertThat(Json.parseObject(json.next()).path("type").asText()).isEqualTo(type);
                Event event = event(bytes.next());
                assertThat(event.type()).isEqualTo(type);
                assertThat(event.object().at("/metadata/name").asText()).isEqualTo("socket");
            }
            text.abort();
            binary.abort();
        }
    }

    /** Trap 35: who is only cut off tries the same revision again, for ever. */
    @Test
    void aWebSocketIsToldThatItsRevisionIsGoneBeforeItIsClosed(@TempDir Path directory) throws Exception {
        InMemoryStateStore store = new InMemoryStateStore("old");
        try (TestApi past = new TestApi(store)) {
            past.api().post("/api/v1/namespaces", "{'metadata':{'name':'default'}}").expect(201);
            past.configMap("one");
            store.compact(LogGroup.MAIN, past.configMap("two").revision());
        }
        try (TestGateway later = new TestGateway(directory, store, 0);
                Https https = new Https(later, "admin", HttpClient.Version.HTTP_1_1)) {
            Messages messages = new Messages();
            https.client().newWebSocketBuilder().buildAsync(
                    URI.create(later.url().replace("https", "wss") + MAPS + "?watch=true&resourceVersion=1"), messages)
                    .join();
            ObjectNode error = Json.parseObject(messages.next());
            assertThat(error.path("type").asText()).isEqualTo("ERROR");
            assertThat(error.at("/object/code").asInt()).isEqualTo(410);
            assertThat(error.at("/object/reason").asText()).isEqualTo("Expired");
            assertThat(messages.closed.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Whole messages of a WebSocket. */
    private static final class Messages implements WebSocket.Listener {
        private final LinkedBlockingQueue<byte[]> whole = new LinkedBlockingQueue<>();
        private final List<byte[]> parts = new ArrayList<>();
        private final CountDownLatch closed = new CountDownLatch(1);

        byte[] next() throws InterruptedException {
            byte[] message = whole.poll(60, TimeUnit.SECONDS);
            assertThat(message).as("a message in time").isNotNull();
            return message;
        }

        private void add(byte[] part, boolean last) {
            parts.add(part);
            if (last) {
                int size = parts.stream().mapToInt(one -> one.length).sum();
                ByteBuffer all = ByteBuffer.allocate(size);
                parts.forEach(all::put);
                parts.clear();
                whole.add(all.array());
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.countDown();
            return null;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            add(data.toString().getBytes(StandardCharsets.UTF_8), last);
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            add(part, last);
            socket.request(1);
            return null;
        }
    }

    /** JSON events, one a line. */
    private static final class LineReader implements AutoCloseable {
        private final java.io.BufferedReader reader;

        LineReader(InputStream body) {
            reader = new java.io.BufferedReader(new java.io.InputStreamReader(body, StandardCharsets.UTF_8));
        }

        ObjectNode next() throws Exception {
            return Json.parseObject(reader.readLine().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() throws Exception {
            reader.close();
        }
    }
}
