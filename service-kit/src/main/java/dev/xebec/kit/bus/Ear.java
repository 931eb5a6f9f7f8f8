package dev.xebec.kit.bus;

import dev.xebec.contracts.UnavailableException;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * This member's subscription to one address, which can be made anew: the new one stands before the old one goes, and
 * both run on one context, so that nothing is lost or overtaken where the old one did work. Methods block.
 */
final class Ear<T> {
    private static final long REGISTRATION_LIMIT_SECONDS = 30;

    private final Vertx vertx;
    private final Context context;
    private final String address;
    private final Handler<Message<T>> handler;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable MessageConsumer<T> consumer;

    Ear(Vertx vertx, Context context, String address, Handler<Message<T>> handler) {
        this.vertx = vertx;
        this.context = context;
        this.address = address;
        this.handler = handler;
    }

    void listen() {
        lock.lock();
        try {
            renew();
        } finally {
            lock.unlock();
        }
    }

    private void renew() {
        MessageConsumer<T> before = consumer;
        CompletableFuture<MessageConsumer<T>> made = new CompletableFuture<>();
        context.runOnContext(on -> made.complete(vertx.eventBus().consumer(address, handler)));
        MessageConsumer<T> fresh = await(made);
        boolean registered = false;
        try {
            await(fresh.completion().toCompletionStage().toCompletableFuture());
            registered = true;
        } finally {
            if (!registered) {
                fresh.unregister();
            }
        }
        consumer = fresh;
        if (before != null) {
            before.unregister();
        }
    }

    private <V> V await(CompletableFuture<V> step) {
        try {
            return step.get(REGISTRATION_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UnavailableException("cannot register " + address + " on the event bus", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while registering " + address + " on the event bus");
        }
    }

    void close() {
        lock.lock();
        try {
            if (consumer != null) {
                consumer.unregister();
                consumer = null;
            }
        } finally {
            lock.unlock();
        }
    }
}
