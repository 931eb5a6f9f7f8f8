package dev.xebec.gateway.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import dev.xebec.model.object.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask for the replicas, and what a store without any answers; over real replicas it is tried where the command line is. */
class ReplicasPathTest {
    private static final TestApi GATEWAY = new TestApi();

    @AfterAll
    static void close() {
        GATEWAY.close();
    }

    @ParameterizedTest
    @CsvSource({"GET,''", "PUT,/a?address=b:1", "DELETE,/a"})
    void aStoreInMemoryHasNone(String method, String rest) {
        Api.Reply reply = GATEWAY.api().send(method, ReplicasPath.PATH + rest, "", "").expect(400);
        assertThat(reply.reason()).isEqualTo("BadRequest");
        assertThat(reply.message()).isEqualTo("this store has no replicas that Xebec could change");
    }

    @ParameterizedTest
    @CsvSource({"GET,get", "PUT,put", "DELETE,delete"})
    void onlyAdministratorsMay(String method, String verb) {
        var answer = GATEWAY.gateway().api().send(new ApiRequest(method, ReplicasPath.PATH, Map.of(), "", "",
                Bytes.utf8(""), new ApiRequest.User("somebody", List.of("system:authenticated")), "test/1.0"));
        assertThat(answer.code()).isEqualTo(403);
        assertThat(Json.parseObject(answer.body().array()).path("message").asText())
                .isEqualTo("forbidden: User \"somebody\" cannot " + verb + " path \"" + ReplicasPath.PATH + "\"");
    }

    @Test
    void itIsNotListed() {
        assertThat(GATEWAY.api().get("/").expect(200).tree().path("paths").valueStream().map(path -> path.asText()))
                .noneMatch(path -> path.startsWith(ReplicasPath.PATH));
    }
}
