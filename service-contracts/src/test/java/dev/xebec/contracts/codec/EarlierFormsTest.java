package dev.xebec.contracts.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.xebec.contracts.Bytes;
import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.contracts.api.ApiResponse;
import dev.xebec.contracts.api.WatchEvent;
import dev.xebec.contracts.api.WatchRequest;
import dev.xebec.contracts.codec.ApiCodec.WatchMessage;
import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.node.NodeStreamRequest;
import dev.xebec.contracts.state.Guard;
import dev.xebec.contracts.state.LogGroup;
import dev.xebec.contracts.state.Proposal;
import dev.xebec.contracts.state.Txn;
import dev.xebec.contracts.state.Write;
import dev.xebec.model.object.GroupVersionResource;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Messages as builds that are out there write them. This build has to read them, since the two run side by side during an
 * upgrade, and a log holds what any earlier one wrote. A line here stays as it is; a new form is a line of its own.
 */
class EarlierFormsTest {
    private static final List<GroupVersionResource> PODS = List.of(GroupVersionResource.PODS);

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex));
    }

    @Test
    void proposals() {
        assertThat(StateCodec.proposal(bytes("0100000000000000004d05020102020161030101620002000161036f6e6500010162")))
                .isEqualTo(new Proposal(LogGroup.MAIN, 77, 5, 2, List.of(new Txn(
                        List.of(new Guard.Version("a", 3), new Guard.ModRevision("b", 0)),
                        List.of(new Write.Put("a", Bytes.utf8("one"), 0), new Write.Delete("b"))))));
    }

    @Test
    void requestsAndAnswers() {
        assertThat(ApiCodec.request(bytes("0104504f53540c2f6170692f76312f706f6473010664727952756e03416c6c106170706c6963"
                + "6174696f6e2f6a736f6e00026d6501027573076b75626563746c027b7d")))
                .isEqualTo(new ApiRequest("POST", "/api/v1/pods", Map.of("dryRun", "All"), "application/json", "",
                        Bytes.utf8("{}"), new ApiRequest.User("me", List.of("us")), "kubectl"));
        assertThat(ApiCodec.response(
                bytes("01c901106170706c69636174696f6e2f6a736f6e010b52657472792d41667465720131027b7d")))
                .isEqualTo(new ApiResponse(201, "application/json", Map.of("Retry-After", "1"), Bytes.utf8("{}")));
    }

    @Test
    void watches() {
        assertThat(ApiCodec.watchRequest(bytes("01010002763104706f64730764656661756c7403613d6203633d6409")))
                .isEqualTo(new WatchRequest(PODS, "default", "a=b", "c=d", 9));
        assertThat(ApiCodec.watchMessage(bytes("01010101000009027b7d"), PODS)).isEqualTo(new WatchMessage.Events(
                List.of(new WatchEvent(WatchEvent.Type.ADDED, GroupVersionResource.PODS, 9, Bytes.utf8("{}"))), true));
        assertThat(ApiCodec.watchMessage(bytes("010201046c617465"), PODS))
                .isEqualTo(new WatchMessage.End(true, "late"));
    }

    @Test
    void membersAndStreams() {
        assertThat(
                MemberCodec.member(new ByteReader(bytes("0b6170692d676174657761790467772d3100000000000000072a0d31302e"
                        + "302e302e313a36343433d00f01006332"))))
                .isEqualTo(new Member("api-gateway", "gw-1", 7, 42, "10.0.0.1:6443", Instant.ofEpochMilli(1000), true,
                        false, 99, 50));
        assertThat(NodeCodec.request(
                bytes("02010764656661756c740377656203752d31046d61696e01027368010100000000000100000000")))
                .isEqualTo(NodeStreamRequest.conversation(NodeStreamRequest.Type.EXEC, "default", "web", "u-1", "main",
                        List.of("sh"), new NodeStreamRequest.Ends(true, true, false, false)));
    }
}
