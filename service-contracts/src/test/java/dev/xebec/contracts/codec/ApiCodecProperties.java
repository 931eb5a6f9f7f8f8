package dev.xebec.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.codec.ApiCodec.WatchMessage;
import dev.xebec.model.object.GroupVersionResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ApiCodecProperties {
    private static final List<GroupVersionResource> RESOURCES = List.of(GroupVersionResource.PODS,
            GroupVersionResource.NODES);

    @Property(tries = 200)
    void requestsComeBackAsTheyWere(@ForAll String path, @ForAll Map<String, String> query, @ForAll byte[] body,
            @ForAll List<String> groups) {
        ApiRequest request = new ApiRequest("PATCH", path, query, "application/json", "", Bytes.of(body),
                new ApiRequest.User("somebody", groups), "agent");
        Assume.that(wellFormed(path) && groups.stream().allMatch(ApiCodecProperties::wellFormed)
                && query.entrySet().stream().allMatch(e -> wellFormed(e.getKey() + e.getValue())));
        assertThat(ApiCodec.request(ApiCodec.request(request))).isEqualTo(request);
    }

    @Property(tries = 100)
    void responsesComeBackAsTheyWere(@ForAll @IntRange(min = 100, max = 599) int code, @ForAll byte[] body) {
        ApiResponse response = new ApiResponse(code, "application/json", Map.of("Retry-After", "1"), Bytes.of(body));
        assertThat(ApiCodec.response(ApiCodec.response(response))).isEqualTo(response);
        WatchRequest watch = new WatchRequest(RESOURCES, "ns", "a=b", "spec.nodeName=n", code);
        assertThat(ApiCodec.watchRequest(ApiCodec.watchRequest(watch))).isEqualTo(watch);
    }

    /** However events are cut into messages: put together by the marks, they are the same whole revisions. */
    @Property(tries = 300)
    void messagesOfAWatchKeepRevisionsWhole(@ForAll @Size(max = 30) List<@IntRange(max = 400) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 2_000) int maxBytes) {
        List<WatchEvent> events = new ArrayList<>();
        long revision = 1;
        for (int size : sizes) {
            revision += size % 3 == 0 ? 1 : 0;
            events.add(new WatchEvent(WatchEvent.Type.MODIFIED, RESOURCES.get(size % 2), revision,
                    Bytes.of(new byte[size])));
        }
        List<WatchEvent> received = new ArrayList<>();
        List<WatchEvent> begun = new ArrayList<>();
        for (Bytes message : ApiCodec.events(events, RESOURCES, maxBytes)) {
            WatchMessage.Events some = (WatchMessage.Events) ApiCodec.watchMessage(message, RESOURCES);
            assertThat(some.events().size() == 1 || message.size() <= maxBytes + 16).isTrue();
            begun.addAll(some.events());
            if (some.wholeRevision()) {
                assertThat(received.isEmpty() || received.get(received.size() - 1).revision() < begun.get(0).revision())
                        .isTrue();
                received.addAll(begun);
                begun.clear();
            }
        }
        assertThat(begun).isEmpty();
        assertThat(received).isEqualTo(events);
    }

    private static boolean wellFormed(String text) {
        return text.chars().noneMatch(c -> Character.isSurrogate((char) c)) && text.indexOf('\uFFFD') < 0;
    }
}
