package dev.xebec.kit.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.Config;
import com.hazelcast.config.DiscoveryConfig;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where members may be, by names that stand for many addresses, and for others tomorrow: a headless Service, a network
 * alias. They are asked at each search for the cluster and, after a split, for its other half. Hazelcast's own list of
 * members takes one address of a name, which may be the asker's own.
 */
final class NamedMembers extends AbstractDiscoveryStrategy {
    private static final Logger LOG = LoggerFactory.getLogger(NamedMembers.class);

    private final List<String> members;

    /** What a name stands for now. */
    interface Lookup {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    private NamedMembers(ILogger logger, List<String> members) {
        super(logger, Map.of());
        this.members = members;
    }

    /** Whether one of {@code HOST:PORT} is a name. */
    static boolean wanted(List<String> members) {
        return members.stream().map(NamedMembers::host).anyMatch(host -> !literal(host));
    }

    /** Has Hazelcast search by these names. */
    static void find(Config config, List<String> members) {
        config.setProperty("hazelcast.discovery.enabled", "true");
        DiscoveryConfig discovery = config.getNetworkConfig().getJoin().getDiscoveryConfig();
        discovery.addDiscoveryStrategyConfig(new DiscoveryStrategyConfig(new Factory(members)));
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
        return addresses(members, InetAddress::getAllByName).stream().<DiscoveryNode>map(SimpleDiscoveryNode::new)
                .toList();
    }

    /** All that the names stand for; a name that stands for nothing yet is left out. */
    static Set<Address> addresses(List<String> members, Lookup lookup) {
        Set<Address> found = new LinkedHashSet<>();
        for (String member : members) {
            int port = Integer.parseInt(member.substring(member.lastIndexOf(':') + 1));
            try {
                for (InetAddress address : lookup.addresses(host(member))) {
                    found.add(new Address(address, port));
                }
            } catch (UnknownHostException nobody) {
                LOG.debug("{} stands for no address", member);
            }
        }
        return found;
    }

    private static String host(String member) {
        String host = member.substring(0, member.lastIndexOf(':'));
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9]+(\\.[0-9]+){3}");
    }

    private record Factory(List<String> members) implements DiscoveryStrategyFactory {
        @Override
        public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
            return NamedMembers.class;
        }

        @Override
        @SuppressWarnings("rawtypes") // As the interface has it.
        public DiscoveryStrategy newDiscoveryStrategy(DiscoveryNode node, ILogger logger,
                Map<String, Comparable> properties) {
            return new NamedMembers(logger, new ArrayList<>(members));
        }

        @Override
        public Collection<PropertyDefinition> getConfigurationProperties() {
            return List.of();
        }
    }
}
