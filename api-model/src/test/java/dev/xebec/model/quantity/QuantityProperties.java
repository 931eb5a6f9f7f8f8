package dev.xebec.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuantityProperties {

    @Provide
    Arbitrary<Quantity> quantities() {
        Arbitrary<String> suffix = Arbitraries.of("", "n", "u", "m", "k", "M", "G", "T", "Ki", "Mi", "Gi", "Ti", "e2",
                "e-3", "E+3");
        return Combinators
                .combine(Arbitraries.integers().between(-100_000, 100_000), Arbitraries.integers().between(0, 999),
                        suffix)
                .as((whole, part, unit) -> Quantity.parse(whole + "." + part + unit));
    }

    @Property
    void theCanonicalFormIsTheSameAmountAndStaysAsItIs(@ForAll("quantities") Quantity quantity) {
        Quantity again = Quantity.parse(quantity.toString());
        assertThat(again).isEqualTo(quantity);
        // 31.25Ki is written 32000, which is read as a decimal amount and written 32k: so in Kubernetes.
        if (!quantity.toString().endsWith("000")) {
            assertThat(again).hasToString(quantity.toString());
        }
        assertThat(again.compareTo(quantity)).isZero();
        assertThat(again.hashCode()).isEqualTo(quantity.hashCode());
    }

    @Property
    void additionCommutesAndSubtractionUndoesIt(@ForAll("quantities") Quantity a, @ForAll("quantities") Quantity b) {
        assertThat(a.add(b)).isEqualTo(b.add(a));
        assertThat(a.add(b).subtract(b)).isEqualTo(a);
    }

    @Property
    void valuesNeverFallShortOfPositiveAmounts(@ForAll("quantities") Quantity quantity) {
        if (quantity.signum() > 0) {
            assertThat(Quantity.of(quantity.value())).isGreaterThanOrEqualTo(quantity);
            assertThat(quantity.milliValue() == Long.MAX_VALUE
                    || Quantity.ofMillis(quantity.milliValue()).compareTo(quantity) >= 0).isTrue();
        }
    }

    @Property
    void multiplyingIsAddingSeveralTimes(@ForAll("quantities") Quantity quantity) {
        assertThat(quantity.multiply(3)).isEqualTo(quantity.add(quantity).add(quantity));
    }
}
