package dev.xebec.state.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.etcd.jetcd.ByteSequence;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RegistersTest {
    private static final ByteSequence REGISTER = ByteSequence.from("register", StandardCharsets.UTF_8);

    private final Registers registers = new Registers();

    @Test
    void knowsNothingOfARegisterThatWasNeverFound() {
        assertThat(registers.mark(REGISTER)).isEqualTo(Registers.Mark.NONE);
    }

    @Test
    void keepsTheNewerOfTwoMarksInWhateverOrderTheyAreTold() {
        registers.found(REGISTER, new Registers.Mark(20, 65));
        registers.found(REGISTER, new Registers.Mark(10, 1));

        assertThat(registers.mark(REGISTER)).isEqualTo(new Registers.Mark(20, 65));
    }

    @Test
    void forgetsARegisterThatIsGone() {
        registers.found(REGISTER, new Registers.Mark(20, 65));
        registers.gone(REGISTER);

        assertThat(registers.mark(REGISTER)).isEqualTo(Registers.Mark.NONE);
    }
}
