package dev.xebec.controller.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Replica;
import dev.xebec.kit.reconcile.Action;
import dev.xebec.kit.reconcile.Reconciler;
import dev.xebec.model.defaulting.Defaulting;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.kind.KindRegistry;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.validation.Validation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files that say what every cluster has. */
class BootstrapObjectsTest {
    private static List<ApiObject> made() {
        List<Reconciler> all = new ArrayList<>(BootstrapObjects.flowControl());
        all.add(BootstrapObjects.apiServices(KindRegistry.onByDefault()));
        MemoryApi api = new MemoryApi();
        List<ApiObject> made = new ArrayList<>();
        for (Reconciler one : all) {
            one.allKeys(api.latest()).forEach(key -> one.reconcile(key, api.latest(), Instant.EPOCH).actions().stream()
                    .map(Action.Create.class::cast).map(Action.Create::object).forEach(made::add));
        }
        return made;
    }

    @Test
    void thereAreThoseThatKubernetesHas() {
        assertThat(made()).extracting(ApiObject::kind).filteredOn("FlowSchema"::equals).hasSize(11);
        assertThat(made()).extracting(ApiObject::kind).filteredOn("PriorityLevelConfiguration"::equals).hasSize(8);
        assertThat(made()).filteredOn(one -> one.kind().equals("APIService")).extracting(ApiObject::name)
                .contains("v1.", "v1.apps", "v2.autoscaling", "v1.flowcontrol.apiserver.k8s.io")
                .doesNotContain("v1beta1.certificates.k8s.io");
    }

    @Test
    void onlyTheGroupOfApiServicesThemselvesHasNone() {
        List<String> names = made().stream().filter(one -> one.kind().equals("APIService")).map(ApiObject::name)
                .toList();
        assertThat(KindRegistry.onByDefault().groupVersions().stream().map(one -> one.version() + "." + one.group())
                .filter(name -> !names.contains(name))).containsExactly("v1.apiregistration.k8s.io");
    }

    /** Else each look would find the stored object another than the wanted one and write it again. */
    @Test
    void eachIsValidAndAsItIsStored() {
        for (ApiObject object : made()) {
            Kind kind = KindRegistry.onByDefault().all().stream()
                    .filter(one -> one.name().kind().equals(object.kind())).findFirst().orElseThrow();
            ObjectNode defaulted = object.copy();
            Defaulting.apply(kind, defaulted);
            assertThat(defaulted.path("spec")).as(object.name()).isEqualTo(object.tree().path("spec"));
            assertThat(Validation.create(kind, defaulted)).as(object.name()).isEmpty();
        }
    }

    @Test
    void aSecondLookWritesNothing() {
        MemoryApi api = new MemoryApi();
        List<Reconciler> all = new ArrayList<>(BootstrapObjects.flowControl());
        all.add(BootstrapObjects.apiServices(KindRegistry.onByDefault()));
        new Replica(api, all.toArray(Reconciler[]::new)).settle();
        long revision = api.revision();
        new Replica(api, all.toArray(Reconciler[]::new)).settle();
        assertThat(api.revision()).isEqualTo(revision).isGreaterThan(40);
    }
}
