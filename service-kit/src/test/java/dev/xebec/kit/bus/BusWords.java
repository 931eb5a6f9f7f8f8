package dev.xebec.kit.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What members say of themselves, with their heartbeats. */
abstract class BusWords extends BusMembers {

    private static void await(BooleanSupplier condition, Runnable meanwhile) throws InterruptedException {
        for (int i = 0; i < 6_000 && !condition.getAsBoolean(); i++) {
            meanwhile.run();
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private boolean hears(Bus member, Bus speaker, String word) {
        return Bytes.utf8(word).equals(member.words().get(speaker.id()));
    }

    private static void say(Bus member, String word) {
        member.say(Bytes.utf8(word));
    }

    @Test
    void whatAMemberSaysIsHeardByAllAndTheNewestStays() throws InterruptedException {
        AtomicInteger told = new AtomicInteger();
        Bus.Registration unused = other().onWords(told::incrementAndGet);
        for (int i = 0; i < 100; i++) {
            say(one(), "word " + i);
        }
        await(() -> hears(other(), one(), "word 99") && hears(one(), one(), "word 99"), () -> say(one(), "word 99"));
        assertThat(told.get()).isPositive();
        assertThat(other().words()).doesNotContainKey(other().id());
    }

    @Test
    void whoJoinsLaterHearsWhatTheOthersSay() throws InterruptedException {
        say(one(), "early");
        Bus late = join();
        await(() -> hears(late, one(), "early"), () -> say(one(), "early"));
        say(late, "late");
        await(() -> hears(one(), late, "late") && hears(other(), late, "late"), () -> say(late, "late"));
        assertThat(one().words().keySet()).last().isEqualTo(late.id());
    }

    @Test
    void aWordTakenBackIsGone() throws InterruptedException {
        say(one(), "word");
        await(() -> hears(other(), one(), "word"), () -> say(one(), "word"));
        one().say(Bytes.EMPTY);
        await(() -> other().words().isEmpty() && one().words().isEmpty(), () -> one().say(Bytes.EMPTY));
    }

    /** A process of which only the bus is alive is of no use to anybody. */
    @Test
    void whatIsNotSaidAgainIsNotHeardAnyMoreUntilItIs() throws InterruptedException {
        say(one(), "word");
        say(other(), "steady");
        await(() -> hears(other(), one(), "word"), () -> say(other(), "steady"));
        await(() -> !hears(other(), one(), "word"), () -> say(other(), "steady"));
        assertThat(hears(other(), other(), "steady")).isTrue();
        say(one(), "word");
        await(() -> hears(other(), one(), "word"), () -> {
            say(one(), "word");
            say(other(), "steady");
        });
    }

    @Test
    void whoLeavesIsHeardNoMore() throws InterruptedException {
        Bus leaving = join();
        say(leaving, "bye");
        await(() -> hears(one(), leaving, "bye"), () -> say(leaving, "bye"));
        leave(leaving);
        await(() -> one().words().isEmpty(), () -> {
        });
    }
}
