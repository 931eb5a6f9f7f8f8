package dev.xebec.gateway.custom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import org.junit.jupiter.api.Test;

/** Objects that are older than their definition: they are shown as it is now, though nobody has written them since. */
class ChangedDefinitionTest {
    private static final String PROPERTIES = "/spec/versions/0/schema/openAPIV3Schema/properties";

    private static Api.Reply change(Api api, String patch) {
        return api.send("PATCH", Ships.DEFINITION, "application/json-patch+json", patch.replace('\'', '"')).expect(200);
    }

    private static void define(Api api) {
        api.post(Ships.DEFINITIONS, Ships.one()).expect(201);
        change(api, "[{'op':'replace','path':'" + PROPERTIES
                + "','value':{'spec':{'type':'object','properties':{'old':{'type':'string'},'color':{'type':'string'}}}}}]");
        api.post(Ships.V1, "{'apiVersion':'example.com/v1','kind':'Ship','metadata':{'name':'a'},'spec':{'old':'x'}}")
                .expect(201);
    }

    @Test
    void haveItsDefaultsInEveryRead() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            define(api);
            change(api, "[{'op':'add','path':'" + PROPERTIES
                    + "/spec/properties/flag','value':{'type':'string','default':'red'}}]");
            Api.Reply read = api.get(Ships.V1 + "/a").expect(200);
            assertThat(read.at("/spec/flag").asText()).isEqualTo("red");
            assertThat(api.get(Ships.V1).at("/items/0/spec/flag").asText()).isEqualTo("red");
            change(api, "[{'op':'replace','path':'" + PROPERTIES + "/spec/properties/flag/default','value':'blue'}]");
            assertThat(api.get(Ships.V1 + "/a").at("/spec/flag").asText()).isEqualTo("blue");
        }
    }

    @Test
    void loseTheFieldsThatAreNoMore() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            define(api);
            change(api, "[{'op':'replace','path':'" + PROPERTIES
                    + "/spec/properties','value':{'color':{'type':'string'}}}]");
            assertThat(api.get(Ships.V1 + "/a").at("/spec/old").isMissingNode()).isTrue();
        }
    }

    @Test
    void areWrittenInItsFormByAWriteThatChangesNothingElse() {
        try (TestApi gateway = new TestApi()) {
            Api api = gateway.api();
            define(api);
            change(api, "[{'op':'add','path':'" + PROPERTIES
                    + "/spec/properties/flag','value':{'type':'string','default':'red'}}]");
            String before = api.get(Ships.V1 + "/a").at("/metadata/resourceVersion").asText();
            Api.Reply written = api.merge(Ships.V1 + "/a", "{}").expect(200);
            assertThat(written.at("/metadata/resourceVersion").asText()).isNotEqualTo(before);
            assertThat(written.at("/spec/flag").asText()).isEqualTo("red");
            assertThat(api.merge(Ships.V1 + "/a", "{}").expect(200).at("/metadata/resourceVersion"))
                    .isEqualTo(written.at("/metadata/resourceVersion"));
        }
    }
}
