package dev.xebec.gateway.admission;

/**
 * The usable addresses of an IPv4 network: all but its first and last.
 *
 * @param network as a number
 * @param prefix length in bits, 8 to 30
 */
record Ipv4Range(long network, int prefix) {

    /** Reads {@code 127.128.0.0/16}; {@link IllegalArgumentException} where it is none. */
    static Ipv4Range parse(String cidr) {
        int slash = cidr.indexOf('/');
        long address = slash < 0 ? -1 : number(cidr.substring(0, slash));
        if (address < 0) {
            throw new IllegalArgumentException("not an IPv4 network: " + cidr);
        }
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        if (prefix < 8 || prefix > 30) {
            throw new IllegalArgumentException("a network of Services has a prefix of 8 to 30 bits: " + cidr);
        }
        return new Ipv4Range(address & (-1L << (32 - prefix)), prefix);
    }

    long size() {
        return (1L << (32 - prefix)) - 2;
    }

    /** @param index from 0 to {@link #size} - 1 */
    String address(long index) {
        long address = network + 1 + index;
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    boolean contains(String address) {
        long number = number(address);
        return number > network && number <= network + size();
    }

    /** -1 for what is no address. */
    private static long number(String address) {
        String[] parts = address.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long number = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                return -1;
            }
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }
}
