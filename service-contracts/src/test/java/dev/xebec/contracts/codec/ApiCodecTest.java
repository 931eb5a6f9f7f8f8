package dev.xebec.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.codec.ApiCodec.WatchMessage;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiCodecTest {

    @Test
    void eventsOfCustomResourcesNameTheirResourceBesideTheRequest() {
        List<GroupVersionResource> watched = List.of(GroupVersionResource.CUSTOM, GroupVersionResource.PODS);
        List<WatchEvent> events = List.of(
                new WatchEvent(WatchEvent.Type.ADDED, GroupVersionResource.customOf("example.com", "ships"), 3,
                        Bytes.utf8("{}")),
                new WatchEvent(WatchEvent.Type.DELETED, GroupVersionResource.PODS, 3, Bytes.utf8("{}")),
                new WatchEvent(WatchEvent.Type.SYNCED, GroupVersionResource.CUSTOM, 4, Bytes.EMPTY));
        for (Bytes message : ApiCodec.events(events, watched, 1 << 20)) {
            WatchMessage.Events read = (WatchMessage.Events) ApiCodec.watchMessage(message, watched);
            assertThat(read.events()).isEqualTo(events);
        }
    }
}
