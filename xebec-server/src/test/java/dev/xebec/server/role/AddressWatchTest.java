package dev.xebec.server.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressWatchTest {
    private static final String OWN = "172.18.0.5";
    private static final Set<String> FIRST = Set.of("127.0.0.1", OWN);

    @Test
    void aMachineThatKeepsItsAddressHasNotMovedWhateverElseComes() {
        assertThat(AddressWatch.moved(OWN, FIRST, FIRST)).isFalse();
        assertThat(AddressWatch.moved(OWN, FIRST, Set.of("127.0.0.1", OWN, "10.0.0.1"))).isFalse();
    }

    @Test
    void oneThatIsCutOffHasNotMovedYet() {
        assertThat(AddressWatch.moved(OWN, FIRST, Set.of("127.0.0.1"))).isFalse();
    }

    @Test
    void oneThatIsPutBackElsewhereHasMoved() {
        assertThat(AddressWatch.moved(OWN, FIRST, Set.of("127.0.0.1", "172.18.0.9"))).isTrue();
    }
}
