package dev.xebec.gateway.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.cache.KeptBytes.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptBytesTest {
    private final AtomicInteger made = new AtomicInteger();

    private static final class Place implements KeptBytes.Holder {
        private KeptBytes.@Nullable Kept kept;

        @Override
        public KeptBytes.@Nullable Kept kept() {
            return kept;
        }

        @Override
        public void keep(KeptBytes.@Nullable Kept other) {
            kept = other;
        }
    }

    private Bytes make(int size) {
        made.incrementAndGet();
        return Bytes.of(new byte[size]);
    }

    @Test
    void bytesAreMadeOnceForEachForm() {
        KeptBytes kept = new KeptBytes(1_000_000, WhenFull.DROP_OLDEST);
        Place place = new Place();
        Bytes first = kept.of(place, "v1", () -> make(10));
        assertThat(kept.of(place, "v1", () -> make(10))).isSameAs(first);
        kept.of(place, "v2", () -> make(10));
        assertThat(made).hasValue(2);
    }

    @Test
    void whatWasMadeFirstGoesFirstWhenThereIsTooMuch() {
        KeptBytes kept = new KeptBytes(10_000, WhenFull.DROP_OLDEST);
        List<Place> places = new ArrayList<>();
        for (int at = 0; at < 100; at++) {
            Place place = new Place();
            places.add(place);
            kept.of(place, "v1", () -> make(400));
            assertThat(kept.bytes()).isLessThanOrEqualTo(10_000);
        }
        assertThat(places.get(0).kept()).isNull();
        assertThat(places.get(99).kept()).isNotNull();
        assertThat(places.stream().filter(place -> place.kept() != null)).hasSize(20);
    }

    @Test
    void whoReadsAllAgainAndAgainFindsMostOfItMade() {
        KeptBytes kept = new KeptBytes(10_000, WhenFull.KEEP_WHAT_LIVES);
        List<Place> places = java.util.stream.Stream.generate(Place::new).limit(25).toList();
        places.forEach(place -> kept.of(place, "v1", () -> make(400)));
        assertThat(made).hasValue(25);
        places.forEach(place -> kept.of(place, "v1", () -> make(400)));
        assertThat(made).as("20 of 25 were kept").hasValue(30);
        places.get(3).keep(null);
        places.forEach(place -> kept.of(place, "v1", () -> make(400)));
        assertThat(kept.bytes()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void whatIsLargeIsNotKeptAtAll() {
        KeptBytes kept = new KeptBytes(10_000, WhenFull.DROP_OLDEST);
        Place place = new Place();
        assertThat(kept.of(place, "v1", () -> make(9_000)).size()).isEqualTo(9_000);
        assertThat(place.kept()).isNull();
        assertThat(kept.bytes()).isZero();
    }

    @Test
    void aFormThatTookAnothersPlaceIsNotForgottenWithIt() {
        KeptBytes kept = new KeptBytes(1_000_000, WhenFull.DROP_OLDEST);
        Place place = new Place();
        kept.of(place, "v1", () -> make(60_000));
        kept.of(place, "v2", () -> make(100));
        for (int at = 0; at < 16; at++) {
            kept.of(new Place(), "v1", () -> make(60_000));
        }
        assertThat(place.kept()).isNotNull().extracting(KeptBytes.Kept::form).isEqualTo("v2");
    }
}
