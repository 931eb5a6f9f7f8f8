package dev.xebec.kit.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DebouncedTest {

    @Test
    void runsAgainAfterAnError() throws InterruptedException {
        Semaphore ran = new Semaphore(0);
        AtomicInteger runs = new AtomicInteger();
        Debounced failing = new Debounced("failing", () -> {
            ran.release();
            if (runs.incrementAndGet() == 1) {
                throw new AssertionError("on purpose");
            }
            throw new IllegalStateException("on purpose");
        });
        for (int i = 0; i < 3; i++) {
            failing.call();
            assertThat(ran.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
