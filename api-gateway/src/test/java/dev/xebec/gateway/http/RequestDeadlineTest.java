package dev.xebec.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.xebec.model.status.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestDeadlineTest {
    @ParameterizedTest
    @CsvSource({"'',60000", "10s,10000", "0,60000", "0s,60000", "-5s,60000", "1h,60000", "60s,60000", "59.9s,59900",
            "1ns,1", "999us,1", "1m,60000"})
    void asLongAsAskedAndNoLongerThanAnyMay(String asked, long millis) {
        assertThat(RequestDeadline.millis(asked, 60_000)).isEqualTo(millis);
    }

    @Test
    void whatIsNoDurationIsRefused() {
        assertThatThrownBy(() -> RequestDeadline.millis("10", 60_000)).isInstanceOfSatisfying(RejectedException.class,
                refused -> {
                    assertThat(refused.status().code()).isEqualTo(400);
                    assertThat(refused.status().message()).isEqualTo("invalid timeout specified in the request URL - "
                            + "time: missing unit in duration \"10\"");
                });
    }
}
