package dev.xebec.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodePortsTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private final TestApi gateway = new TestApi();
    private final TestApi other = new TestApi(gateway.store());
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        other.close();
        gateway.close();
    }

    private static Api.Reply create(Api api, String name, String type, String ports) {
        return api.post(SERVICES, "{'metadata':{'name':'" + name + "'},'spec':{'type':'" + type + "','ports':[" + ports
                + "]}}");
    }

    private static int port(Api.Reply service, int at) {
        return service.at("/spec/ports/" + at + "/nodePort").asInt();
    }

    @Test
    void everyServiceOfTheTypeGetsPortsThatNobodyElseHas() {
        Set<Integer> given = new HashSet<>();
        for (int at = 0; at < 40; at++) {
            Api door = at % 2 == 0 ? api : other.api();
            Api.Reply service = create(door, "s" + at, at % 3 == 0 ? "LoadBalancer" : "NodePort", "{'port':80}")
                    .expect(201);
            assertThat(port(service, 0)).isBetween(30_000, 32_767);
            assertThat(given.add(port(service, 0))).isTrue();
        }
        assertThat(port(create(api, "inside", "ClusterIP", "{'port':80}").expect(201), 0)).isZero();
    }

    @Test
    void aNamedPortIsGivenOnceAndAgainWhenItIsFree() {
        String named = "{'port':80,'nodePort':31080}";
        assertThat(port(create(api, "a", "NodePort", named).expect(201), 0)).isEqualTo(31_080);
        assertThat(create(other.api(), "b", "NodePort", named).expect(422).message()).isEqualTo(
                "Service \"b\" is invalid: spec.ports[0].nodePort: Invalid value: 31080: provided port is already allocated");
        api.delete(SERVICES + "/a").expect(200);
        create(other.api(), "b", "NodePort", named).expect(201);
    }

    @Test
    void oneNumberServesTwoProtocolsOfOneService() {
        Api.Reply service = create(api, "dns", "NodePort",
                "{'name':'u','port':53,'protocol':'UDP'},{'name':'t','port':53,'protocol':'TCP'},{'name':'m','port':9153}")
                .expect(201);
        assertThat(port(service, 0)).isEqualTo(port(service, 1)).isNotEqualTo(port(service, 2));
    }

    @Test
    void portsFollowTheType() {
        int first = port(create(api, "a", "NodePort", "{'port':80}").expect(201), 0);
        assertThat(port(api.merge(SERVICES + "/a", "{'metadata':{'labels':{'a':'b'}}}").expect(200), 0))
                .isEqualTo(first);
        Api.Reply inside = api.merge(SERVICES + "/a", "{'spec':{'type':'ClusterIP'}}").expect(200);
        assertThat(port(inside, 0)).isZero();
        create(api, "b", "NodePort", "{'port':80,'nodePort':" + first + "}").expect(201);
        assertThat(port(api.merge(SERVICES + "/a", "{'spec':{'type':'NodePort'}}").expect(200), 0)).isNotEqualTo(first)
                .isNotZero();
    }

    @Test
    void aBalancerMayGoWithoutAndMayCheckHealth() {
        Api.Reply without = api.post(SERVICES, "{'metadata':{'name':'w'},'spec':{'type':'LoadBalancer',"
                + "'allocateLoadBalancerNodePorts':false,'ports':[{'port':80}]}}").expect(201);
        assertThat(port(without, 0)).isZero();
        Api.Reply local = api.post(SERVICES, "{'metadata':{'name':'l'},'spec':{'type':'LoadBalancer',"
                + "'externalTrafficPolicy':'Local','ports':[{'port':80}]}}").expect(201);
        assertThat(local.at("/spec/healthCheckNodePort").asInt()).isBetween(30_000, 32_767)
                .isNotEqualTo(port(local, 0));
    }
}
