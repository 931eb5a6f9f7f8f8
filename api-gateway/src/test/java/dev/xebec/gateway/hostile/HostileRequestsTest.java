package dev.xebec.gateway.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.GroupVersion;
import dev.xebec.model.object.Json;
import dev.xebec.model.openapi.OpenApiV3;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Whatever is asked, the gateway answers by the rules of the API: never a fault of its own, and every refusal a Status. The
 * requests follow from a seed; {@code -Dhostile.seed} and {@code -Dhostile.requests} choose others and more.
 */
class HostileRequestsTest {
    private static final int REQUESTS = Integer.getInteger("hostile.requests", 20_000);
    private static final long SEED = Long.getLong("hostile.seed", 1);

    @Test
    void everyAnswerIsOneThatTheApiKnows() {
        KindRegistry kinds = KindRegistry.builtIn();
        List<String> faults = new ArrayList<>();
        Map<Integer, Integer> codes = new TreeMap<>();
        try (TestApi api = new TestApi()) {
            Random random = new Random(SEED);
            List<GroupVersion> served = kinds.groupVersions();
            for (GroupVersion groupVersion : served) {
                HostileRequests requests = new HostileRequests(random, OpenApiV3.document(groupVersion, kinds));
                for (int count = 0; count < REQUESTS / served.size(); count++) {
                    ApiRequest request = requests.next();
                    ApiResponse answer = api.gateway().api().send(request);
                    codes.merge(answer.code(), 1, Integer::sum);
                    String wrong = wrong(request, answer);
                    if (!wrong.isEmpty()) {
                        faults.add(wrong + "\n  by seed " + SEED + ": " + request.method() + " " + request.path() + " "
                                + request.query() + " " + request.contentType() + " as " + request.accept() + "\n  "
                                + cut(request.body().utf8()) + "\n  answered " + cut(answer.body().utf8()));
                    }
                }
            }
        }
        System.out.println("answers by code: " + codes);
        assertThat(faults).as(() -> faults.size() + " faults:\n" + String.join("\n", faults.subList(0,
                Math.min(faults.size(), 25)))).isEmpty();
        assertThat(codes.keySet()).as("something was done and something was refused").contains(200, 201, 400, 404, 422);
    }

    /** What kube-apiserver, too, answers with 500 and no reason: what its store refuses. */
    private static final Pattern UNEXPLAINED = Pattern.compile("\"message\":\"(resourceVersion: Invalid value: |"
            + "strconv.ParseUint: parsing |resourceVersion should not be set on objects to be created|unknown patch type: |map: "
            + "|The order in patch list:|value for key |cannot merge |merging lists )");

    private static String wrong(ApiRequest request, ApiResponse answer) {
        if (answer.code() == 503 || (answer.code() == 500 && !UNEXPLAINED.matcher(answer.body().utf8()).find())) {
            return "a fault";
        }
        if (answer.code() < 400) {
            return answer.code() == 200 || answer.code() == 201 || answer.code() == 202 ? "" : "unknown success";
        }
        JsonNode status;
        try {
            status = Json.parse(answer.body().array());
        } catch (IllegalArgumentException notJson) {
            return "a refusal that is no JSON";
        }
        boolean explained = !status.path("reason").asText().isEmpty() || answer.code() == 500;
        boolean right = status.path("kind").asText().equals("Status") && status.path("apiVersion").asText().equals("v1")
                && status.path("status").asText().equals("Failure") && status.path("code").asInt() == answer.code()
                && explained && !status.path("message").asText().isEmpty()
                && status.path("metadata").isObject();
        return right ? "" : "a refusal that is no complete Status";
    }

    private static String cut(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "…" : text;
    }
}
