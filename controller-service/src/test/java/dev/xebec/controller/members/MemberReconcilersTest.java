package dev.xebec.controller.members;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.member.Member;
import dev.xebec.controller.rig.MemoryApi;
import dev.xebec.controller.rig.Objects;
import dev.xebec.controller.rig.Replica;
import dev.xebec.model.object.ApiObject;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberReconcilersTest {
    private static final GroupVersionResource MASTERS = GroupVersionResource.MASTERS;
    private final MemoryApi api = new MemoryApi();
    private final List<Member> members = new ArrayList<>();

    private static Member member(String role, String process, String address, boolean ready, long revision) {
        return new Member(role, process, 1, 4711, address, Instant.parse("2026-01-01T00:00:00.5Z"), ready, false,
                revision, 50);
    }

    private final Replica masters = new Replica(api, new MasterReconciler(() -> members));

    @Test
    void membersAreShownRefreshedSeldomAndForgottenLate() {
        members.add(member("scheduler-service", "master-0", "", true, 90));
        members.add(member("api-gateway", "Master_1", "10.0.0.1:6443", false, 100));
        members.add(member("node-agent", "node-0", "", true, 100));
        masters.settle();
        assertThat(api.latest().list(MASTERS).stream().map(ApiObject::name))
                .containsExactly("master-0.scheduler-service", "master-1.api-gateway");
        ApiObject scheduler = api.get(MASTERS, "", "master-0.scheduler-service");
        assertThat(scheduler.spec()).isEqualTo(Objects.tree("{'role':'scheduler-service','process':'master-0',"
                + "'pid':4711,'startedAt':'2026-01-01T00:00:00Z'}"));
        assertThat(scheduler.status()).isEqualTo(Objects.tree("{'ready':true,'health':'Healthy','leader':false,"
                + "'sharePercent':50,'revision':90,'revisionLag':10,"
                + "'lastHeartbeatTime':'2026-01-01T00:00:00.000000Z'}"));
        assertThat(api.get(MASTERS, "", "master-1.api-gateway").status().path("health").asText())
                .isEqualTo("NotReady");

        long shown = api.revision();
        members.set(0, member("scheduler-service", "master-0", "", true, 95));
        api.pass(Duration.ofSeconds(2));
        masters.settle();
        assertThat(api.revision()).as("a new revision alone is not written").isEqualTo(shown);
        api.pass(MasterReconciler.REFRESH);
        masters.settle();
        assertThat(api.get(MASTERS, "", "master-0.scheduler-service").status().path("revision").asInt())
                .isEqualTo(95);

        members.remove(0);
        masters.settle();
        assertThat(api.get(MASTERS, "", "master-0.scheduler-service").status().path("health").asText())
                .isEqualTo("Lost");
        api.pass(MasterReconciler.FORGET_AFTER);
        masters.settle();
        assertThat(api.get(MASTERS, "", "master-0.scheduler-service")).isNull();
        assertThat(api.get(MASTERS, "", "master-1.api-gateway")).isNotNull();
    }

    @Test
    void restartedMemberKeepsItsNameAndShowsItsNewProcess() {
        members.add(member("scheduler-service", "master-0", "", true, 1));
        masters.settle();
        members.set(0, new Member("scheduler-service", "master-0", 2, 4712, "", Instant.parse("2026-01-01T01:00:00Z"),
                true, false, 1, 50));
        masters.settle();
        assertThat(api.latest().list(MASTERS)).singleElement()
                .satisfies(master -> assertThat(master.spec().path("pid").asInt()).isEqualTo(4712));
    }

    @Test
    void kubernetesServiceFollowsTheReadyGateways() {
        Replica replica = new Replica(api, new KubernetesServiceReconciler(() -> members));
        replica.settle();
        assertThat(api.revision()).isZero();
        api.create(GroupVersionResource.NAMESPACES, Objects.named("v1", "Namespace", "", "default"));
        members.add(member("api-gateway", "master-0", "https://10.0.0.1:6443", true, 1));
        members.add(member("api-gateway", "master-1", "10.0.0.2:6443", true, 1));
        members.add(member("api-gateway", "master-2", "10.0.0.2:6444", true, 1));
        members.add(member("api-gateway", "master-3", "gateway.example:6443", true, 1));
        replica.settle();
        ApiObject service = api.get(GroupVersionResource.SERVICES, "default", "kubernetes");
        assertThat(service.spec().path("ports").path(0).path("port").asInt()).isEqualTo(443);
        ApiObject endpoints = api.get(GroupVersionResource.ENDPOINTS, "default", "kubernetes");
        assertThat(endpoints.tree().path("subsets").path(0).findValuesAsText("ip")).containsExactly("10.0.0.1",
                "10.0.0.2");
        assertThat(endpoints.tree().path("subsets").path(1).findValuesAsText("ip")).containsExactly("10.0.0.2");
        assertThat(api.latest().list(GroupVersionResource.ENDPOINT_SLICES).stream().map(ApiObject::name))
                .containsExactly("kubernetes", "kubernetes-6444");

        members.remove(2);
        replica.settle();
        assertThat(api.latest().list(GroupVersionResource.ENDPOINT_SLICES)).hasSize(1);
        long settled = api.revision();
        members.clear();
        replica.settle();
        assertThat(api.revision()).as("knowing no gateway is not knowing that there is none").isEqualTo(settled);
    }
}
