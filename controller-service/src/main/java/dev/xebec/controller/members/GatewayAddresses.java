package dev.xebec.controller.members;

import dev.xebec.contracts.member.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where gateways serve, as Endpoints want it: addresses by port. A host that is a name, not an address, is left out.
 */
final class GatewayAddresses {
    private static final Pattern ADDRESS = Pattern
            .compile("(?:https?://)?(?:(\\d{1,3}(?:\\.\\d{1,3}){3})|\\[([0-9a-fA-F:.]+)])(?::(\\d{1,5}))?/?");
    private static final int HTTPS = 443;

    private GatewayAddresses() {}

    static SortedMap<Integer, List<String>> byPort(List<Member> gateways) {
        SortedMap<Integer, List<String>> byPort = new TreeMap<>();
        for (Member gateway : gateways) {
            Matcher address = ADDRESS.matcher(gateway.address());
            if (address.matches()) {
                String host = address.group(1) == null ? address.group(2) : address.group(1);
                int port = address.group(3) == null ? HTTPS : Integer.parseInt(address.group(3));
                List<String> hosts = byPort.computeIfAbsent(port, key -> new ArrayList<>());
                if (host != null && !hosts.contains(host)) {
                    hosts.add(host);
                }
            }
        }
        byPort.values().forEach(Collections::sort);
        return byPort;
    }
}
