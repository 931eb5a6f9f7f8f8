package dev.xebec.kit.service;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.member.Members;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.metrics.Metrics;
import java.time.InstantSource;

/**
 * What a service is given by the process it lives in; wired by hand in {@code xebec-server}.
 *
 * @param process the process's name, unique in the cluster, such as {@code master-0}
 * @param state the store as a client sees it: any process, coalescing, retrying
 */
public record ServiceContext(String process, Bus bus, Members members, StateStore state, Metrics metrics,
        InstantSource clock, Ownerships ownerships, Clients clients) {

    /** Ownership of a role's keys by this process. */
    public interface Ownerships {
        Ownership of(String role);
    }

    /** API clients that act as a user. */
    public interface Clients {
        /** @param user such as {@code system:kube-scheduler}; {@code userAgent} names the field manager */
        ApiClient as(String user, String userAgent);
    }
}
