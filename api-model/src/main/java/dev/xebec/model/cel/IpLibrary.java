package dev.xebec.model.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.function.Predicate;

/** IP addresses. Source: apiserver {@code pkg/cel/library/ip.go}. */
final class IpLibrary {
    static final CelType TYPE = OpaqueType.create("net.IP");

    static final List<CelFunction> FUNCTIONS = List.of(
            CelFunction.global("ip", "string_to_ip", TYPE, List.of(SimpleType.STRING), List.of(String.class),
                    arguments -> IpAddress.parse((String) arguments[0])),
            CelFunction.global("isIP", "is_ip", SimpleType.BOOL, List.of(SimpleType.STRING), List.of(String.class),
                    arguments -> IpAddress.isAddress((String) arguments[0])),
            CelFunction.global("ip.isCanonical", "ip_is_canonical", SimpleType.BOOL, List.of(SimpleType.STRING),
                    List.of(String.class),
                    arguments -> IpAddress.parse((String) arguments[0]).toString().equals(arguments[0])),
            CelFunction.global("string", "ip_to_string", SimpleType.STRING, List.of(TYPE), List.of(IpAddress.class),
                    arguments -> arguments[0].toString()),
            CelFunction.member("family", "ip_family", SimpleType.INT, List.of(TYPE), List.of(IpAddress.class),
                    arguments -> ((IpAddress) arguments[0]).family()),
            is("isUnspecified", "ip_is_unspecified", IpAddress::isUnspecified),
            is("isLoopback", "ip_is_loopback", IpAddress::isLoopback),
            is("isLinkLocalMulticast", "ip_is_link_local_multicast", IpAddress::isLinkLocalMulticast),
            is("isLinkLocalUnicast", "ip_is_link_local_unicast", IpAddress::isLinkLocalUnicast),
            is("isGlobalUnicast", "ip_is_global_unicast", IpAddress::isGlobalUnicast));

    private IpLibrary() {}

    private static CelFunction is(String name, String overload, Predicate<IpAddress> test) {
        return CelFunction.member(name, overload, SimpleType.BOOL, List.of(TYPE), List.of(IpAddress.class),
                arguments -> test.test((IpAddress) arguments[0]));
    }
}
