package dev.xebec.model.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.ByteString;
import dev.xebec.model.kind.KindRegistry;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ProtobufDecoderProperties {
    private static final KindRegistry REGISTRY = KindRegistry.builtIn();
    private static final byte[] POD = ProtobufDecoderTest.envelope("v1", "Pod",
            new FilledMessages().fill(PublishedDescriptors.message("core.v1.Pod").orElseThrow()).message());

    @Property
    void anyBytesAreATreeOrAnIllegalArgument(@ForAll @Size(max = 200) byte[] garbage) {
        decodes(ProtobufDecoderTest.envelope("v1", "Pod", ByteString.copyFrom(garbage)));
        decodes(ByteString.copyFrom(new byte[]{'k', '8', 's', 0}).concat(ByteString.copyFrom(garbage)).toByteArray());
    }

    @Property(tries = 300)
    void aDamagedBodyIsATreeOrAnIllegalArgument(@ForAll @IntRange(min = 0, max = 1_000_000) int at, @ForAll byte value,
            @ForAll boolean cut) {
        int place = at % POD.length;
        byte[] damaged = cut ? java.util.Arrays.copyOf(POD, place) : POD.clone();
        if (!cut) {
            damaged[place] = value;
        }
        decodes(damaged);
    }

    private static void decodes(byte[] body) {
        try {
            assertThat(ProtobufDecoder.decode(body, REGISTRY).path("kind").isTextual()).isTrue();
        } catch (IllegalArgumentException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                fail("a refusal without a reason", refused);
            }
        }
    }
}
