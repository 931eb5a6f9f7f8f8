package dev.xebec.gateway.encode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.protobuf.ProtobufDecoder;
import dev.xebec.model.status.Status;
import io.kubernetes.client.proto.Meta;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorFrameTest {
    private static final Status EXPIRED = Status.expired("too old resource version: 1 (2)");

    @Test
    void theErrorThatEndsAWatchIsAStatusInTheWatchsFormat() throws InvalidProtocolBufferException {
        OutputForm form = new OutputForm(OutputForm.Shape.PARTIAL, OutputForm.Format.PROTOBUF, "", "v1", false);
        byte[] frame = Encoder.error(form, EXPIRED.toTree()).array();
        Meta.WatchEvent event = Meta.WatchEvent.parseFrom(Arrays.copyOfRange(frame, 4, frame.length));
        assertThat(event.getType()).isEqualTo("ERROR");
        var status = ProtobufDecoder.decode(event.getObject().getRaw().toByteArray(), KindRegistry.builtIn());
        assertThat(Status.parse(status)).isEqualTo(EXPIRED);
    }

    @Test
    void inJsonItIsALine() {
        assertThat(Encoder.error(OutputForm.PLAIN, EXPIRED.toTree()).utf8())
                .startsWith("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\"").contains("\"code\":410")
                .endsWith("}\n");
    }
}
