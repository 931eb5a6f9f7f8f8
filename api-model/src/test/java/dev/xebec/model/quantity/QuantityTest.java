package dev.xebec.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"1000m,1", "1,1", "0,0", "0Ki,0", "100m,100m", "1.5,1500m", "0.5Gi,512Mi", "1024Mi,1Gi",
            "1500Mi,1500Mi",
            "1Ki,1Ki", "1023,1023", "0.5Ki,512", "1.5Ki,1536", "1000k,1M", "1e3,1e3", "1000e3,1e6", "12e1,120", "1E,1E",
            "1.1n,2n", "0.1n,1n", "-1.1n,-2n", "+5,5", ".5,500m", "5.,5", "100u,100u", "1.000001,1000001u", "129M,129M",
            "123456789,123456789", "1.3Ki,1331200m", "9223372036854775808,9223372036854775807",
            "8Ei,9223372036854775807", "1e20,9223372036854775807", "3k,3k", "10000000,10M"})
    void hasKubernetesCanonicalForm(String text, String canonical) {
        assertThat(Quantity.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1x", "1.2.3", "1Kii", "--1", "1 Gi", "Ki", "1mm", "1e", "١"})
    void refusesWhatIsNoQuantity(String text) {
        assertThatThrownBy(() -> Quantity.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roundsUpAndSaturates() {
        assertThat(Quantity.parse("1m").value()).isEqualTo(1);
        assertThat(Quantity.parse("1001u").milliValue()).isEqualTo(2);
        assertThat(Quantity.parse("250m").milliValue()).isEqualTo(250);
        assertThat(Quantity.parse("4").milliValue()).isEqualTo(4000);
        assertThat(Quantity.parse("9E").milliValue()).isEqualTo(Long.MAX_VALUE);
        assertThat(Quantity.parse("-9E").milliValue()).isEqualTo(Long.MIN_VALUE);
        assertThat(Quantity.parse("64Gi").value()).isEqualTo(64L << 30);
    }

    @Test
    void keepsTheFamilyOfSuffixesWhenAdding() {
        assertThat(Quantity.parse("1Gi").add(Quantity.parse("512M"))).hasToString("1548576Ki");
        assertThat(Quantity.zero().add(Quantity.parse("512Mi"))).hasToString("512Mi");
        assertThat(Quantity.parse("1").subtract(Quantity.parse("100m"))).hasToString("900m");
        assertThat(Quantity.parse("250m").multiply(4)).hasToString("1");
    }
}
