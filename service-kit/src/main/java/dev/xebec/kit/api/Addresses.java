package dev.xebec.kit.api;

/** Where gateways are found on the bus. */
final class Addresses {
    static final String ANY = "api";
    static final String ANY_WATCH = "apiwatch";
    /** The role that gateways have among the members. */
    static final String GATEWAY_ROLE = "api-gateway";

    private Addresses() {}

    /** @param gateway a process, or empty for any */
    static String requests(String gateway) {
        return gateway.isEmpty() ? ANY : ANY + "." + gateway;
    }

    /** @param gateway a process, or empty for any */
    static String watches(String gateway) {
        return gateway.isEmpty() ? ANY_WATCH : ANY_WATCH + "." + gateway;
    }
}
