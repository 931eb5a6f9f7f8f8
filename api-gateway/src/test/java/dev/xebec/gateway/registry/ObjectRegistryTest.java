package dev.xebec.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.gateway.cache.ReadBarrier;
import dev.xebec.gateway.conversion.Conversions;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.Json;
import dev.xebec.model.object.ObjectKey;
import dev.xebec.model.status.RejectedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ObjectRegistryTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    @Test
    void aWriteThatOthersAreAlwaysQuickerThanIsNotDecidedAgainWhenNobodyWaitsForIt() {
        Kind configMaps = KindRegistry.builtIn().byResource("", "v1", "configmaps").orElseThrow();
        AtomicInteger decisions = new AtomicInteger();
        try (TestApi gateway = new TestApi()) {
            ObjectRegistry registry = new ObjectRegistry(gateway.gateway().cache(),
                    new ReadBarrier(gateway.store(), gateway.gateway().cache()), new AlwaysLate(gateway),
                    gateway.gateway().served(), new Conversions((kind, objects, version) -> objects), PATIENCE);
            RejectedException refused = catchThrowableOfType(RejectedException.class,
                    () -> registry.write(configMaps, new ObjectKey("default", "a"), ObjectRegistry.Mode.REAL,
                            present -> {
                                decisions.incrementAndGet();
                                return new Decision.Put(Json.object());
                            }));
            assertThat(refused.status().code()).isEqualTo(504);
            assertThat(decisions).hasValue(1);
        }
    }

    /** Somebody else is always quicker, and it takes a while. */
    private record AlwaysLate(TestApi gateway) implements Commits {
        @Override
        public TxnResult commit(Txn txn) {
            try {
                Thread.sleep(PATIENCE.multipliedBy(2));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new TxnResult.Refused(gateway.store().currentRevision(LogGroup.MAIN), List.of());
        }

        @Override
        public List<TxnResult> commitAll(List<Txn> txns) {
            return txns.stream().map(this::commit).toList();
        }
    }
}
