package dev.xebec.kit.service;

import dev.xebec.contracts.api.ApiClient;
import dev.xebec.contracts.member.Members;
import dev.xebec.contracts.member.Ownership;
import dev.xebec.contracts.state.StateStore;
import dev.xebec.kit.bus.Bus;
import dev.xebec.kit.metrics.Metrics;
import dev.xebec.kit.time.MonotonicClock;
import java.time.InstantSource;

/**
 * What a service is given by the process it lives in; wired by hand in {@code xebec-server}.
 *
 * @param process the process's name, unique in the cluster, such as {@code master-0}
 * @param state the store as a client sees it: any process, coalescing, retrying
 * @param clock the time of day: for what is written into objects and compared with times that stand in them
 * @param steady time that passes: for waiting and for measuring, whatever the time of day is set to
 */
public record ServiceContext(String process, Bus bus, Members members, StateStore state, Metrics metrics,
        InstantSource clock, InstantSource steady, Ownerships ownerships, Clients clients) {

    /** By the machine's own steady clock. */
    public ServiceContext(String process, Bus bus, Members members, StateStore state, Metrics metrics,
            InstantSource clock, Ownerships ownerships, Clients clients) {
        this(process, bus, members, state, metrics, clock, MonotonicClock.system(), ownerships, clients);
    }

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
