package dev.xebec.kit.api;

import dev.xebec.contracts.member.Member;
import dev.xebec.contracts.member.Members;
import java.util.ArrayList;
import java.util.List;

/**
 * Which gateway to try first: the one that worked, else the one of this process, else the others in an order that
 * differs from client to client. Thread-safe.
 */
final class GatewayChoice {
    private final Members members;
    private final String process;
    private final int offset;
    private volatile String working = "";
    private volatile String failed = "";

    /**
     * @param process whose gateway is preferred, may be empty
     * @param offset where to start among equals
     */
    GatewayChoice(Members members, String process, int offset) {
        this.members = members;
        this.process = process;
        this.offset = offset;
    }

    /** Never empty; "" stands for whichever gateway the bus finds. */
    List<String> inOrder() {
        List<String> ready = members.ready(Addresses.GATEWAY_ROLE).stream().map(Member::process).toList();
        List<String> order = new ArrayList<>();
        for (int i = 0; i < ready.size(); i++) {
            order.add(ready.get(Math.floorMod(offset + i, ready.size())));
        }
        toFront(order, process);
        toFront(order, working);
        String last = failed;
        if (order.remove(last)) {
            order.add(last);
        }
        order.add("");
        return order;
    }

    void worked(String gateway) {
        if (!working.equals(gateway)) {
            working = gateway;
        }
        if (failed.equals(gateway)) {
            failed = "";
        }
    }

    void failed(String gateway) {
        failed = gateway;
        if (working.equals(gateway)) {
            working = "";
        }
    }

    private static void toFront(List<String> order, String gateway) {
        if (order.remove(gateway)) {
            order.add(0, gateway);
        }
    }
}
