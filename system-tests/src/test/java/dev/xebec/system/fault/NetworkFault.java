package dev.xebec.system.fault;

import dev.xebec.system.fault.Network.Hold;
import dev.xebec.system.fault.Network.Impairment;
import dev.xebec.system.fault.Network.Link;
import java.util.List;
import java.util.stream.Stream;

/** Some directions of the network are bad for a while. */
final class NetworkFault implements Fault {
    private final String name;
    private final Network network;
    private final List<Link> links;
    private final Impairment impairment;
    private Hold hold = () -> {
    };

    NetworkFault(String name, Network network, List<Link> links, Impairment impairment) {
        this.name = name;
        this.network = network;
        this.links = links;
        this.impairment = impairment;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void inject() {
        hold = network.impair(links, impairment);
    }

    @Override
    public void heal() {
        hold.lift();
    }

    /** From one to each of the others. */
    static List<Link> outOf(String one, List<String> others) {
        return others.stream().filter(other -> !other.equals(one)).map(other -> new Link(one, other)).toList();
    }

    /** From each of the others to one. */
    static List<Link> into(String one, List<String> others) {
        return others.stream().filter(other -> !other.equals(one)).map(other -> new Link(other, one)).toList();
    }

    static List<Link> between(String one, List<String> others) {
        return Stream.concat(outOf(one, others).stream(), into(one, others).stream()).toList();
    }
}
