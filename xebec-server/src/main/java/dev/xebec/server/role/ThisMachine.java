package dev.xebec.server.role;

import dev.xebec.server.StartupException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The machine, or container, that this process runs on. */
public final class ThisMachine implements RoleSettings.Machine {

    @Override
    public String hostName() {
        String name = fullName().toLowerCase(Locale.ROOT);
        int domain = name.indexOf('.');
        return domain < 0 ? name : name.substring(0, domain);
    }

    @Override
    public String address() {
        return own().getHostAddress();
    }

    /** A name is of use without an address too. */
    private static String fullName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException withoutAddress) {
            return System.getenv().getOrDefault("HOSTNAME", "localhost");
        }
    }

    private static InetAddress own() {
        try {
            return InetAddress.getLocalHost();
        } catch (UnknownHostException unknown) {
            throw new StartupException("this machine's own name has no address (" + unknown.getMessage()
                    + "); say which one to use with --host", unknown);
        }
    }
}
