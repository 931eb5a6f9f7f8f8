package dev.xebec.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.gateway.request.RequestInfoParser;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthPathTest {
    private final AtomicBoolean synced = new AtomicBoolean();
    private final HealthPath readyz = new HealthPath("readyz", List.of(new HealthCheck("cache-synced", synced::get)));

    private Answer.Body get(String path, Map<String, String> query) {
        ApiRequest request = new ApiRequest("GET", path, query, "", "", Bytes.EMPTY,
                new ApiRequest.User("", List.of()), "");
        Call call = new Call(request, new RequestInfoParser(resource -> null).parse(request), "", "");
        return (Answer.Body) readyz.handle(call);
    }

    @Test
    void aFailedCheckFailsTheWholeAndIsNamed() {
        Answer.Body failed = get("/readyz", Map.of());

        assertThat(failed.code()).isEqualTo(500);
        assertThat(failed.whole().utf8())
                .isEqualTo("[+]ping ok\n[-]cache-synced failed: reason withheld\nreadyz check failed\n");
        assertThat(get("/readyz/cache-synced", Map.of()).code()).isEqualTo(500);
        assertThat(get("/readyz/ping", Map.of()).code()).isEqualTo(200);
        synced.set(true);
        assertThat(get("/readyz", Map.of()).code()).isEqualTo(200);
    }

    @Test
    void anExcludedCheckDoesNotCount() {
        assertThat(get("/readyz", Map.of("exclude", "cache-synced")).code()).isEqualTo(200);
    }
}
