package dev.xebec.kit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedMembersTest {
    private static final Map<String, List<String>> NAMES = Map.of("xebec", List.of("10.0.0.3", "10.0.0.1", "10.0.0.2"),
            "state-0", List.of("10.0.0.1"));

    private static InetAddress[] lookup(String name) throws UnknownHostException {
        List<String> addresses = NAMES.get(name);
        if (addresses == null) {
            throw new UnknownHostException(name);
        }
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByAddress(name, InetAddress.getByName(addresses.get(i)).getAddress());
        }
        return found;
    }

    @Test
    void everyAddressOfANameIsAMemberToAsk() {
        assertThat(NamedMembers.addresses(List.of("xebec:5701"), NamedMembersTest::lookup)).map(Address::toString)
                .containsExactly("[10.0.0.3]:5701", "[10.0.0.1]:5701", "[10.0.0.2]:5701");
    }

    @Test
    void whatTwoNamesStandForIsAskedOnceAndWhatStandsForNothingNever() {
        assertThat(NamedMembers.addresses(List.of("nobody:5701", "state-0:5701", "xebec:5701", "state-0:5702"),
                NamedMembersTest::lookup)).map(Address::toString).containsExactly("[10.0.0.1]:5701",
                        "[10.0.0.3]:5701", "[10.0.0.2]:5701", "[10.0.0.1]:5702");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:5701, false", "[fd00::1]:5701, false", "xebec:5701, true", "10.0.0.1.example.com:1, true"})
    void namesAreToldFromAddresses(String member, boolean name) {
        assertThat(NamedMembers.wanted(List.of(member))).isEqualTo(name);
    }
}
