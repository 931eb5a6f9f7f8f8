package dev.xebec.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.LogGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteReaderTest {

    private static ByteReader reader(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new ByteReader(Bytes.of(array));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 300, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 35})
    void numbersComeBack(long value) {
        ByteReader in = new ByteReader(new ByteWriter(1).varint(value).signed(value).fixed64(value).finish());
        assertThat(in.varint()).isEqualTo(value);
        assertThat(in.signed()).isEqualTo(value);
        assertThat(in.fixed64()).isEqualTo(value);
        in.finish();
    }

    @Test
    void everythingElseComesBack() {
        Bytes bytes = new ByteWriter().utf8("žluťoučký kůň 🐎").utf8("").bool(true).bool(false).u8(255)
                .bytes(Bytes.utf8("x")).strings(List.of("a", "b")).map(Map.of("k", "v")).raw(new byte[]{1, 2, 3}, 1, 2)
                .finish();
        ByteReader in = new ByteReader(bytes);
        assertThat(in.utf8()).isEqualTo("žluťoučký kůň 🐎");
        assertThat(in.utf8()).isEmpty();
        assertThat(in.bool()).isTrue();
        assertThat(in.bool()).isFalse();
        assertThat(in.u8()).isEqualTo(255);
        assertThat(in.bytes()).isEqualTo(Bytes.utf8("x"));
        assertThat(in.strings()).containsExactly("a", "b");
        assertThat(in.map()).containsExactly(Map.entry("k", "v"));
        assertThat(in.rest()).isEqualTo(Bytes.of(new byte[]{2, 3}));
        in.finish();
    }

    @Test
    void aLengthBeyondTheEndIsMalformedAndAllocatesNothing() {
        int[] hugeLength = {0xFF, 0xFF, 0xFF, 0xFF, 0x07, 1};
        assertThatThrownBy(() -> reader(hugeLength).bytes()).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> reader(hugeLength).utf8()).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> reader(hugeLength).list(ByteReader::u8)).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> reader(hugeLength).map()).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void wrongBytesSayWhatIsWrong() {
        assertThatThrownBy(() -> reader(2).bool()).hasMessage("a boolean of 2");
        assertThatThrownBy(() -> reader().u8()).hasMessage("cut off: 1 bytes wanted, 0 left");
        assertThatThrownBy(() -> reader(1, 2).finish()).hasMessage("2 bytes behind the end of a message");
        assertThatThrownBy(() -> reader(9).version(1, "a proposal"))
                .hasMessage("a proposal of version 9; this build knows 1");
        assertThatThrownBy(() -> reader(3).constant(LogGroup.values())).hasMessage("no value 3 among [MAIN]");
    }

    @Test
    void anOverlongNumberIsMalformed() {
        int[] eleven = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1};
        assertThatThrownBy(() -> reader(eleven).varint()).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("64 bits");
        assertThatThrownBy(() -> new ByteReader(new ByteWriter().varint(1L << 40).finish()).varint32())
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void textThatIsNotUtf8IsMalformed() {
        assertThatThrownBy(() -> reader(2, 0xC3, 0x28).utf8()).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("UTF-8");
        assertThat(reader(3, 0xEF, 0xBF, 0xBD).utf8()).isEqualTo("\uFFFD");
    }

    @Test
    void aMessageHasALimit() {
        ByteWriter out = new ByteWriter(ByteWriter.MAX_BYTES);
        byte[] half = new byte[ByteWriter.MAX_BYTES / 2];
        out.raw(half, 0, half.length).raw(half, 0, half.length);
        assertThatThrownBy(() -> out.u8(1)).isInstanceOf(IllegalStateException.class).hasMessageContaining("67108864");
    }
}
