package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.xebec.model.structural.InternetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Networks as {@code address/bits}. Source: apiserver {@code pkg/cel/library/cidr.go}. */
final class CidrLibrary {
    private static final CelType TYPE = OpaqueType.create("net.CIDR");

    static final List<CelFunction> FUNCTIONS = List.of(
            CelFunction.global("cidr", "string_to_cidr", TYPE, List.of(SimpleType.STRING), List.of(String.class),
                    arguments -> require((String) arguments[0])),
            CelFunction.global("isCIDR", "is_cidr", SimpleType.BOOL, List.of(SimpleType.STRING), List.of(String.class),
                    arguments -> parse((String) arguments[0]) != null),
            CelFunction.global("string", "cidr_to_string", SimpleType.STRING, List.of(TYPE), List.of(Network.class),
                    arguments -> arguments[0].toString()),
            CelFunction.member("ip", "cidr_ip", IpLibrary.TYPE, List.of(TYPE), List.of(Network.class),
                    arguments -> ((Network) arguments[0]).address()),
            CelFunction.member("prefixLength", "cidr_prefix_length", SimpleType.INT, List.of(TYPE),
                    List.of(Network.class), arguments -> (long) ((Network) arguments[0]).bits()),
            CelFunction.member("masked", "cidr_masked", TYPE, List.of(TYPE), List.of(Network.class),
                    arguments -> ((Network) arguments[0]).masked()),
            CelFunction.member("containsIP", "cidr_contains_ip_string", SimpleType.BOOL,
                    List.of(TYPE, SimpleType.STRING), List.of(Network.class, String.class),
                    arguments -> ((Network) arguments[0]).contains(IpAddress.parse((String) arguments[1]))),
            CelFunction.member("containsIP", "cidr_contains_ip_ip", SimpleType.BOOL, List.of(TYPE, IpLibrary.TYPE),
                    List.of(Network.class, IpAddress.class),
                    arguments -> ((Network) arguments[0]).contains((IpAddress) arguments[1])),
            CelFunction.member("containsCIDR", "cidr_contains_cidr_string", SimpleType.BOOL,
                    List.of(TYPE, SimpleType.STRING), List.of(Network.class, String.class),
                    arguments -> ((Network) arguments[0]).contains(require((String) arguments[1]))),
            CelFunction.member("containsCIDR", "cidr_contains_cidr", SimpleType.BOOL, List.of(TYPE, TYPE),
                    List.of(Network.class, Network.class),
                    arguments -> ((Network) arguments[0]).contains((Network) arguments[1])));

    private CidrLibrary() {}

    /** An address and how many of its leading bits name the network. */
    private record Network(IpAddress address, int bits) {
        Network masked() {
            return new Network(address.masked(bits), bits);
        }

        boolean contains(IpAddress other) {
            return other.family() == address.family() && other.masked(bits).equals(address.masked(bits));
        }

        boolean contains(Network other) {
            return other.bits >= bits && contains(other.address);
        }

        @Override
        public String toString() {
            return address + "/" + bits;
        }
    }

    private static @Nullable Network parse(String text) {
        InternetAddress.Cidr cidr = InternetAddress.parseCidr(text);
        IpAddress address = cidr == null ? null : new IpAddress(cidr.address());
        return cidr == null || address == null || address.isMapped() ? null : new Network(address, cidr.bits());
    }

    private static Network require(String text) {
        Network network = parse(text);
        if (network == null) {
            throw new IllegalArgumentException("network address parse error during conversion from string: "
                    + "netip.ParsePrefix(\"" + text + "\"): unable to parse IP");
        }
        return network;
    }
}
