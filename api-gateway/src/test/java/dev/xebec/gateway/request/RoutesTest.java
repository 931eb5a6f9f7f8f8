package dev.xebec.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoutesTest {

    /** A guard once hid that a handler reads its request's body itself: the body was then read ahead and lost to it. */
    @Test
    void aGuardedHandlerStaysLongRunning() {
        Routes routes = new Routes().subresource("pods/proxy", new LongRunning())
                .subresource("pods/eviction", call -> {
                    throw new AssertionError("not asked");
                }).guarded((name, call) -> {
                });

        assertThat(Objects.requireNonNull(routes.forSubresource("pods/proxy")).longRunning()).isTrue();
        assertThat(Objects.requireNonNull(routes.forSubresource("pods/eviction")).longRunning()).isFalse();
        assertThat(routes.forSubresource("pods/other")).isNull();
    }

    private record LongRunning() implements Handler {

        @Override
        public Answer handle(Call call) {
            throw new AssertionError("not asked");
        }

        @Override
        public boolean longRunning() {
            return true;
        }
    }
}
