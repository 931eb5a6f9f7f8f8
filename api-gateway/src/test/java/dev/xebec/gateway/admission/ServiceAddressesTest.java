package dev.xebec.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.state.Keys;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.TxnResult;
import dev.xebec.contracts.state.Write;
import dev.xebec.gateway.registry.ObjectRegistry;
import dev.xebec.gateway.registry.StoreCommits;
import dev.xebec.gateway.testing.Api;
import dev.xebec.gateway.testing.TestApi;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceAddressesTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private final TestApi gateway = new TestApi();
    private final Api api = gateway.api();

    @AfterEach
    void close() {
        gateway.close();
    }

    private String create(String name) {
        return api.post(SERVICES, "{'metadata':{'name':'" + name + "'},'spec':{'ports':[{'port':80}]}}").expect(201)
                .at("/spec/clusterIP").asText();
    }

    private void external(String name) {
        api.post(SERVICES, "{'metadata':{'name':'" + name + "'},'spec':{'type':'ExternalName','externalName':'a.b'}}")
                .expect(201);
    }

    private Api.Reply toClusterIp(String name, String address) {
        return api.merge(SERVICES + "/" + name,
                "{'spec':{'type':'ClusterIP','externalName':null,'clusterIP':'" + address
                        + "','ports':[{'port':80}]}}");
    }

    @Test
    void anExternalNameThatBecomesAClusterIpCannotTakeWhatIsNotItsOwn() {
        String taken = create("owner");
        external("e");
        assertThat(toClusterIp("e", taken).expect(422).message()).contains("already allocated");
        assertThat(toClusterIp("e", "10.9.8.7").expect(422).message()).contains("not in the valid range");
    }

    @Test
    void anAddressTakenByAnUpdateIsReserved() {
        String address = create("short");
        api.delete(SERVICES + "/short").expect(200);
        external("e");
        assertThat(toClusterIp("e", address).expect(200).at("/spec/clusterIP").asText()).isEqualTo(address);
        external("late");
        assertThat(toClusterIp("late", address).expect(422).message()).contains("already allocated");
    }

    @Test
    void anAddressIsNotLostWhenItsServiceBecomesExternal() {
        String address = create("s");
        Api.Reply changed = api.merge(SERVICES + "/s",
                "{'spec':{'type':'ExternalName','externalName':'a.b','clusterIP':null,'clusterIPs':null}}").expect(200);
        assertThat(changed.at("/spec/clusterIP").asText()).isEmpty();
        external("e");
        toClusterIp("e", address).expect(200);
        api.delete(SERVICES + "/s").expect(200);
        external("late");
        assertThat(toClusterIp("late", address).expect(422).message()).as("s had none to give back")
                .contains("already allocated");
    }

    @Test
    void aDeletedServiceThatNamesAnothersAddressDoesNotGiveItBack() {
        String address = create("owner");
        ObjectNode other = api.get(SERVICES + "/owner").expect(200).tree();
        ((ObjectNode) other.get("metadata")).put("name", "other").put("uid", "another");
        Txn behindTheRules = new Txn(List.of(), List.of(new Write.Put(Keys.of("", "services", "default", "other"),
                Bytes.of(ObjectRegistry.stored(other)), 0)));
        assertThat(StoreCommits.direct(gateway.store()).commit(behindTheRules))
                .isInstanceOf(TxnResult.Committed.class);
        api.delete(SERVICES + "/other").expect(200);
        external("late");
        assertThat(toClusterIp("late", address).expect(422).message()).contains("already allocated");
    }
}
