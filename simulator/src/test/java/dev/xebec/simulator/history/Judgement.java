package dev.xebec.simulator.history;

import static org.assertj.core.api.Assertions.assertThat;

/** What a test expects of the checks. */
final class Judgement {
    private Judgement() {}

    static void accepts(Told told) {
        assertThat(told.report().violations()).isEmpty();
    }

    /** @param check that has to find it; others may, too */
    static void refuses(Told told, String check, String... words) {
        assertThat(told.report().violations()).filteredOn(violation -> violation.check().equals(check)).isNotEmpty()
                .anySatisfy(violation -> {
                    for (String word : words) {
                        assertThat(violation.text()).contains(word);
                    }
                });
    }
}
