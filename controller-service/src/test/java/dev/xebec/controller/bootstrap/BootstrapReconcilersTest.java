package dev.xebec.controller.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.bootstrap.ApiServiceReconciler.Priority;
import dev.xebec.controller.object.Trees;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapReconcilersTest {
    private static final GroupVersionResource SERVICES = ApiServiceReconciler.API_SERVICES;
    private static final GroupVersionResource SCHEMAS = FlowSchemaStatusReconciler.FLOW_SCHEMAS;
    private static final GroupVersionResource LEVELS = FlowSchemaStatusReconciler.LEVELS;
    private static final GroupVersionResource DEFINITIONS = GroupVersionResource.CUSTOM_RESOURCE_DEFINITIONS;

    private final MemoryApi api = new MemoryApi();
    private final ApiServiceReconciler services = new ApiServiceReconciler(
            Map.of("v1.", new Priority(18_000, 1), "v1.apps", new Priority(17_800, 15)));
    private final FlowControlReconciler schemas = new FlowControlReconciler(SCHEMAS,
            List.of(schema("exempt", "exempt", 1, "true")), List.of(schema("probes", "exempt", 2, "true")));
    private final FlowControlReconciler levels = new FlowControlReconciler(LEVELS, List.of(level("exempt", 0, "true")),
            List.of());
    private final Replica replica = new Replica(api, services, schemas, levels, new FlowSchemaStatusReconciler());
    private final Replica other = new Replica(api, services, schemas, levels, new FlowSchemaStatusReconciler());

    private static ApiObject schema(String name, String level, int precedence, String autoUpdate) {
        return Objects.json("""
                {'apiVersion':'flowcontrol.apiserver.k8s.io/v1','kind':'FlowSchema',
                 'metadata':{'name':'%s','annotations':{'apf.kubernetes.io/autoupdate-spec':'%s'}},
                 'spec':{'priorityLevelConfiguration':{'name':'%s'},'matchingPrecedence':%d}}
                """.formatted(name, autoUpdate, level, precedence));
    }

    private static ApiObject level(String name, int shares, String autoUpdate) {
        return Objects.json("""
                {'apiVersion':'flowcontrol.apiserver.k8s.io/v1','kind':'PriorityLevelConfiguration',
                 'metadata':{'name':'%s','annotations':{'apf.kubernetes.io/autoupdate-spec':'%s'}},
                 'spec':{'type':'Exempt','exempt':{'nominalConcurrencyShares':%d,'lendablePercent':0}}}
                """.formatted(name, autoUpdate, shares));
    }

    private void define(String plural, String... versions) {
        ObjectNode definition = Objects.tree("""
                {'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition',
                 'metadata':{'name':'%s.example.com'},'spec':{'group':'example.com'}}
                """.formatted(plural));
        versions(definition, versions);
        api.create(DEFINITIONS, ApiObject.of(definition));
    }

    private static void versions(ObjectNode definition, String... versions) {
        var list = Trees.child(definition, "spec").putArray("versions");
        for (String version : versions) {
            list.addObject().put("name", version.replace("!", "")).put("served", !version.startsWith("!"));
        }
    }

    private void change(GroupVersionResource resource, String name, Consumer<ObjectNode> change) {
        ObjectNode tree = api.get(resource, "", name).copy();
        change.accept(tree);
        api.perform(new Action.Update(resource, ApiObject.of(tree)));
    }

    private List<String> names(GroupVersionResource resource) {
        return api.latest().list(resource).stream().map(ApiObject::name).toList();
    }

    @Test
    void eachGroupVersionThatIsServedHasItsApiService() {
        define("ships", "v1", "!v2");
        define("boats", "v1");
        replica.settle();
        assertThat(names(SERVICES)).containsExactly("v1.", "v1.apps", "v1.example.com");
        assertThat(api.get(SERVICES, "", "v1.").spec().toString())
                .isEqualTo("{\"version\":\"v1\",\"groupPriorityMinimum\":18000,\"versionPriority\":1}");
        assertThat(api.get(SERVICES, "", "v1.").labels()).containsEntry(ApiServiceReconciler.MANAGED, "onstart");
        assertThat(api.get(SERVICES, "", "v1.example.com").spec().toString())
                .isEqualTo("{\"group\":\"example.com\",\"version\":\"v1\",\"groupPriorityMinimum\":1000,"
                        + "\"versionPriority\":100}");
        assertThat(api.get(SERVICES, "", "v1.example.com").labels()).containsEntry(ApiServiceReconciler.MANAGED,
                "true");
    }

    @Test
    void anApiServiceGoesWithTheLastDefinitionThatServesItsVersion() {
        define("ships", "v1", "v2");
        define("boats", "v1");
        replica.settle();
        assertThat(names(SERVICES)).contains("v1.example.com", "v2.example.com");
        change(DEFINITIONS, "ships.example.com", tree -> versions(tree, "v1", "!v2"));
        replica.settle();
        assertThat(names(SERVICES)).contains("v1.example.com").doesNotContain("v2.example.com");
        for (String name : List.of("ships.example.com", "boats.example.com")) {
            ApiObject definition = api.get(DEFINITIONS, "", name);
            api.perform(new Action.Delete(DEFINITIONS, definition.key(), definition.uid(), 0, -1, ""));
        }
        replica.see(Long.MAX_VALUE - api.revision());
        replica.settle();
        assertThat(names(SERVICES)).containsExactly("v1.", "v1.apps");
    }

    @Test
    void anApiServiceOfAUsersIsLeftAlone() {
        String group = "v1.example.com";
        api.create(SERVICES, Objects.named("apiregistration.k8s.io/v1", "APIService", "", group));
        api.create(SERVICES, Objects.named("apiregistration.k8s.io/v1", "APIService", "", "v1.metrics.test"));
        define("ships", "v1");
        replica.settle();
        assertThat(api.get(SERVICES, "", group).spec().path("groupPriorityMinimum").asInt()).isZero();
        assertThat(names(SERVICES)).contains("v1.metrics.test");
    }

    @Test
    void nothingIsWrittenTwice() {
        define("ships", "v1");
        replica.settle();
        long revision = api.revision();
        replica.settle();
        other.settle();
        assertThat(api.revision()).isEqualTo(revision);
    }

    @Test
    void whatIsMandatoryIsAsItHasToBe() {
        replica.settle();
        change(SCHEMAS, "exempt", tree -> {
            Trees.child(tree, "spec").put("matchingPrecedence", 7);
            Trees.child(Trees.child(tree, "metadata"), "annotations").put(FlowControlReconciler.AUTO_UPDATE, "false");
        });
        replica.settle();
        assertThat(api.get(SCHEMAS, "", "exempt").spec().path("matchingPrecedence").asInt()).isEqualTo(1);
        assertThat(api.get(SCHEMAS, "", "exempt").annotations()).containsEntry(FlowControlReconciler.AUTO_UPDATE,
                "true");
    }

    @Test
    void theSharesOfTheExemptLevelAreTheAdministratorsOwn() {
        replica.settle();
        change(LEVELS, "exempt", tree -> Trees.child(Trees.child(tree, "spec"), "exempt")
                .put("nominalConcurrencyShares", 9));
        replica.settle();
        assertThat(api.get(LEVELS, "", "exempt").spec().path("exempt").path("nominalConcurrencyShares").asInt())
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"true, 2, true", "T, 2, T", "false, 7, false", "0, 7, 0", "maybe, 7, false", "'', 7, false"})
    void whatIsSuggestedIsTheUsersOnceTheyChangedItOrSaidSo(String said, int precedence, String saidThen) {
        replica.settle();
        change(SCHEMAS, "probes", tree -> {
            Trees.child(tree, "spec").put("matchingPrecedence", 7);
            Trees.child(Trees.child(tree, "metadata"), "annotations").put(FlowControlReconciler.AUTO_UPDATE, said);
        });
        replica.settle();
        assertThat(api.get(SCHEMAS, "", "probes").spec().path("matchingPrecedence").asInt()).isEqualTo(precedence);
        assertThat(api.get(SCHEMAS, "", "probes").annotations()).containsEntry(FlowControlReconciler.AUTO_UPDATE,
                saidThen);
    }

    @Test
    void whatIsKeptForUsAndUnknownGoesAndUsersOwnStays() {
        api.create(SCHEMAS, schema("old", "exempt", 5, "true"));
        api.create(SCHEMAS, schema("mine", "exempt", 5, "false"));
        replica.settle();
        assertThat(names(SCHEMAS)).containsExactly("exempt", "mine", "probes");
        api.perform(new Action.Delete(SCHEMAS, api.get(SCHEMAS, "", "probes").key(), "", 0, -1, ""));
        replica.settle();
        assertThat(names(SCHEMAS)).contains("probes");
    }

    @Test
    void aSchemaSaysWhetherItsLevelIsThere() {
        api.create(SCHEMAS, schema("mine", "late", 5, "false"));
        replica.settle();
        assertThat(condition("exempt")).isEqualTo("False Found This FlowSchema references the"
                + " PriorityLevelConfiguration object named \"exempt\" and it exists");
        assertThat(condition("mine")).isEqualTo("True NotFound This FlowSchema references the"
                + " PriorityLevelConfiguration object named \"late\" but there is no such object");
        api.create(LEVELS, level("late", 1, "false"));
        replica.settle();
        assertThat(condition("mine")).startsWith("False Found");
        api.perform(new Action.Delete(LEVELS, api.get(LEVELS, "", "late").key(), "", 0, -1, ""));
        replica.settle();
        assertThat(condition("mine")).startsWith("True NotFound");
    }

    private String condition(String schema) {
        var condition = api.get(SCHEMAS, "", schema).status().path("conditions").path(0);
        return condition.path("status").asText() + " " + condition.path("reason").asText() + " "
                + condition.path("message").asText();
    }
}
