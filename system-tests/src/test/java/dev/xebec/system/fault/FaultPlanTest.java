package dev.xebec.system.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultPlanTest {
    private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

    @Test
    void aSeedIsAPlan() {
        assertThat(plan(7)).isEqualTo(plan(7)).isNotEqualTo(plan(8));
    }

    @Test
    void aFaultAloneIsAlone() {
        for (long seed = 0; seed < 50; seed++) {
            List<FaultPlan.Event> events = plan(seed).events();
            for (FaultPlan.Event event : events) {
                if (event.alone()) {
                    assertThat(events).filteredOn(other -> other != event)
                            .allMatch(other -> other.end().plus(FaultPlan.REST).compareTo(event.at()) <= 0
                                    || event.end().plus(FaultPlan.REST).compareTo(other.at()) <= 0);
                }
            }
        }
    }

    @Test
    void severalStrikeAtOnce() {
        for (long seed = 0; seed < 50; seed++) {
            List<FaultPlan.Event> events = plan(seed).events();
            assertThat(events).anyMatch(event -> events.stream().anyMatch(other -> other != event
                    && other.at().compareTo(event.at()) >= 0 && other.at().compareTo(event.end()) < 0));
        }
    }

    @Test
    void everyKindStrikesSoonerOrLater() {
        assertThat(FaultPlan.of(1, Duration.ofSeconds(600), ALL).events().stream().map(FaultPlan.Event::kind)
                .collect(Collectors.toSet())).isEqualTo(ALL);
    }

    @Test
    void oneFaultDoesNotStrikeTheSameTwiceAtOnce() {
        for (long seed = 0; seed < 50; seed++) {
            List<FaultPlan.Event> events = plan(seed).events();
            for (FaultPlan.Event event : events) {
                assertThat(events).filteredOn(other -> other != event && other.kind() == event.kind()
                        && other.target().equals(event.target()))
                        .allMatch(other -> other.end().compareTo(event.at()) <= 0
                                || event.end().compareTo(other.at()) <= 0);
            }
        }
    }

    private static FaultPlan plan(long seed) {
        return FaultPlan.of(seed, Duration.ofSeconds(90), ALL);
    }
}
