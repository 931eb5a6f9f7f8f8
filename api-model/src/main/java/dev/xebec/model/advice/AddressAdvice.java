package dev.xebec.model.advice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.xebec.model.object.GoString;
import dev.xebec.model.structural.InternetAddress;
import dev.xebec.model.structural.InternetAddress.Cidr;

/**
 * Addresses that are written otherwise than most programs expect. What is no address is not looked at. Source: apimachinery
 * {@code util/validation/ip.go}.
 */
final class AddressAdvice {
    private AddressAdvice() {}

    static void ips(JsonNode list, String path, Told told) {
        for (int at = 0; at < list.size(); at++) {
            ip(list.get(at).asText(), path + "[" + at + "]", told);
        }
    }

    /** One field of each element. */
    static void ips(JsonNode list, String field, String path, Told told) {
        for (int at = 0; at < list.size(); at++) {
            ip(list.get(at).path(field).asText(""), path + "[" + at + "]." + field, told);
        }
    }

    static void ip(String address, String path, Told told) {
        byte[] bytes = address.indexOf(':') < 0 ? null : InternetAddress.parse(address);
        if (bytes == null) {
            return;
        }
        if (InternetAddress.isMapped(bytes)) {
            told.say(path, "non-standard IP address " + GoString.quoted(address) + " is invalid: use "
                    + GoString.quoted(InternetAddress.unmappedText(bytes)));
        } else if (!InternetAddress.text(bytes).equals(address)) {
            told.say(path, "IPv6 address " + GoString.quoted(address) + " should be in RFC 5952 canonical format ("
                    + GoString.quoted(InternetAddress.text(bytes)) + ")");
        }
    }

    static void cidrs(JsonNode list, String path, Told told) {
        for (int at = 0; at < list.size(); at++) {
            cidr(list.get(at).asText(), path + "[" + at + "]", told);
        }
    }

    static void cidr(String text, String path, Told told) {
        Cidr cidr = InternetAddress.parseCidr(text);
        if (cidr == null) {
            return;
        }
        byte[] network = masked(cidr);
        String block = InternetAddress.unmappedText(network) + "/" + cidr.bits();
        boolean ambiguous = !java.util.Arrays.equals(network, cidr.address());
        if (ambiguous) {
            told.say(path, "CIDR value " + GoString.quoted(text) + " is ambiguous in this context (should be "
                    + GoString.quoted(block) + " or " + GoString.quoted(InternetAddress.unmappedText(cidr.address())
                            + "/" + cidr.address().length * 8)
                    + "?)");
        }
        boolean mapped = InternetAddress.isMapped(cidr.address());
        if (mapped) {
            told.say(path, "non-standard CIDR value " + GoString.quoted(text) + " is invalid: use "
                    + GoString.quoted(block));
        }
        String canonical = InternetAddress.text(cidr.address()) + "/" + cidr.bits();
        if (!ambiguous && !mapped && cidr.address().length == 16 && !canonical.equals(text)) {
            told.say(path, "IPv6 CIDR value " + GoString.quoted(text) + " should be in RFC 5952 canonical format ("
                    + GoString.quoted(canonical) + ")");
        }
    }

    private static byte[] masked(Cidr cidr) {
        byte[] masked = cidr.address().clone();
        for (int at = 0; at < masked.length; at++) {
            masked[at] &= (byte) (0xff << (8 - Math.clamp(cidr.bits() - at * 8L, 0, 8)));
        }
        return masked;
    }
}
