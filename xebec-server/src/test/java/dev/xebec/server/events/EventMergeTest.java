package dev.xebec.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventMergeTest {
    private final EventMerge merge = new EventMerge(List.of(0, 1));

    @Test
    void thePastComesInTheOrderOfRevisions() {
        merge.add(0, event(1));
        merge.add(0, event(5));
        merge.add(1, event(2));
        assertThat(ids()).containsExactly("1", "2");
        merge.ended(1);
        assertThat(ids()).containsExactly("5");
        assertThat(merge.allEnded()).isFalse();
    }

    @Test
    void aPartitionOfWhichNothingIsKnownYetHoldsTheOthersUp() {
        merge.add(0, event(1));
        assertThat(ids()).isEmpty();
        assertThat(merge.waiting(0)).isEqualTo(1);
    }

    @Test
    void afterThePastNothingIsHeldUp() {
        merge.ended(0);
        merge.ended(1);
        merge.add(1, event(9));
        assertThat(ids()).containsExactly("9");
        merge.add(0, event(3));
        assertThat(ids()).containsExactly("3");
        assertThat(merge.allEnded()).isTrue();
    }

    @Test
    void whatIsNoEventOfOursHoldsNothingUp() {
        merge.ended(1);
        merge.add(0, CloudEventBuilder.v1().withId("foreign").withSource(URI.create("/x")).withType("x")
                .withExtension("revision", "soon").build());
        merge.add(0, event(4));
        assertThat(ids()).containsExactly("foreign", "4");
    }

    private List<String> ids() {
        return merge.next().stream().map(CloudEvent::getId).toList();
    }

    private static CloudEvent event(long revision) {
        return CloudEventBuilder.v1().withId(Long.toString(revision)).withSource(URI.create("/x"))
                .withType("dev.xebec.task.started").withExtension("revision", Long.toString(revision)).build();
    }
}
