package dev.xebec.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.model.object.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The in-process API in the words of a test. Paths may carry a query; bodies may use single quotes. */
public final class Api {
    private final ApiClient client;

    public Api(ApiClient client) {
        this.client = client;
    }

    public Reply get(String path) {
        return send("GET", path, "", "");
    }

    public Reply post(String path, String json) {
        return send("POST", path, "application/json", json.replace('\'', '"'));
    }

    public Reply put(String path, String json) {
        return send("PUT", path, "application/json", json.replace('\'', '"'));
    }

    public Reply merge(String path, String json) {
        return send("PATCH", path, "application/merge-patch+json", json.replace('\'', '"'));
    }

    public Reply delete(String path) {
        return send("DELETE", path, "", "");
    }

    public Reply delete(String path, String options) {
        return send("DELETE", path, "application/json", options.replace('\'', '"'));
    }

    public Reply send(String method, String pathAndQuery, String contentType, String body) {
        return send(method, pathAndQuery, contentType, "", Bytes.utf8(body));
    }

    public Reply send(String method, String pathAndQuery, String contentType, String accept, Bytes body) {
        int mark = pathAndQuery.indexOf('?');
        Map<String, String> query = new LinkedHashMap<>();
        if (mark >= 0) {
            for (String parameter : pathAndQuery.substring(mark + 1).split("&")) {
                int equals = parameter.indexOf('=');
                query.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        ApiResponse response = client.send(new ApiRequest(method,
                mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark), query, contentType, accept, body,
                new ApiRequest.User("tester", List.of("system:masters")), "test/1.0"));
        return new Reply(response);
    }

    /** An answer and what it says. */
    public record Reply(ApiResponse response) {

        public int code() {
            return response.code();
        }

        public ObjectNode tree() {
            return Json.parseObject(response.body().array());
        }

        public Reply expect(int code) {
            assertThat(code()).as(response.body().utf8()).isEqualTo(code);
            return this;
        }

        public String reason() {
            return tree().path("reason").asText();
        }

        public String message() {
            return tree().path("message").asText();
        }

        public String uid() {
            return tree().path("metadata").path("uid").asText();
        }

        public long revision() {
            return tree().path("metadata").path("resourceVersion").asLong();
        }

        /** A value by JSON pointer. */
        public com.fasterxml.jackson.databind.JsonNode at(String pointer) {
            return tree().at(pointer);
        }

        public List<String> names() {
            return tree().path("items").valueStream().map(item -> item.path("metadata").path("name").asText()).toList();
        }
    }
}
