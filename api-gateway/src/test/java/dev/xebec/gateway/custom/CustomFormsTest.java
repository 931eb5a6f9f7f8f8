package dev.xebec.gateway.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.Test;

/** In which forms a kind is spoken that has no protobuf. */
class CustomFormsTest {
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    @Test
    void whatIsOnlySpokenInJsonIsAnsweredInJsonWhereThatWillDo() {
        try (TestApi gateway = new TestApi()) {
            gateway.api().post(Ships.DEFINITIONS, Ships.one()).expect(201);
            assertThat(gateway.api().send("GET", Ships.V1, "", PROTOBUF + ",application/json", Bytes.EMPTY).expect(200)
                    .response().contentType()).isEqualTo("application/json");
            gateway.api().send("GET", Ships.V1, "", PROTOBUF, Bytes.EMPTY).expect(406);
            gateway.api().send("GET", Ships.V1, "", PROTOBUF + ";as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
                    Bytes.EMPTY).expect(200);
        }
    }
}
