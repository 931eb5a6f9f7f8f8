package dev.xebec.kit.bus;

import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class VertxBusContractTest extends BusContract {
    private static Vertx vertx;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    protected Bus join(BusSettings settings) {
        return new VertxBus(vertx, settings);
    }

    @Override
    protected void leave(Bus member) {
        ((VertxBus) member).close();
    }
}
