package dev.xebec.server.role;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process whose machine has moved to another address, as a container does that is taken off its network and put
 * back: its servers listen where nothing arrives any more, and the others know it by what is gone. Whoever supervises it
 * starts it again, at the new one.
 */
public final class AddressWatch {
    private static final Logger LOG = LoggerFactory.getLogger(AddressWatch.class);
    private static final int PAUSE_SECONDS = 1;
    private static final int FAILED = 1;

    private AddressWatch() {}

    /** @param own the address that this process listens on; a name is not watched */
    public static void start(String own) throws SocketException {
        Set<String> first = addresses();
        if (!first.contains(own)) {
            return;
        }
        Thread.ofVirtual().name("address-watch").start(() -> watch(own, first));
    }

    private static void watch(String own, Set<String> first) {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                Set<String> now = addresses();
                if (moved(own, first, now)) {
                    LOG.error("The address {} is gone and this machine has {} now; ending, to be started anew there",
                            own, now);
                    // Not in order: who was cut off has nobody to say goodbye to, and its pods are not to move.
                    Runtime.getRuntime().halt(FAILED);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (SocketException unknown) {
            LOG.warn("This machine's addresses cannot be watched: {}", unknown.getMessage());
        }
    }

    /** Whether the process's own address is gone and one has come that was not there: without another, it may come back. */
    static boolean moved(String own, Set<String> first, Set<String> now) {
        return !now.contains(own) && !first.containsAll(now);
    }

    private static Set<String> addresses() throws SocketException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .map(InetAddress::getHostAddress).collect(Collectors.toCollection(HashSet::new));
    }
}
