package dev.xebec.berths;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: {@code NAMESPACE IDENTITY}. Of several of one namespace the one that holds the Lease works. */
public final class BerthOperator {
    private static final Logger LOG = LoggerFactory.getLogger(BerthOperator.class);
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration RENEWAL = Duration.ofSeconds(4);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private BerthOperator() {}

    public static void main(String[] arguments) {
        String namespace = arguments[0];
        String identity = arguments[1];
        Operator operator = new Operator(configuration -> configuration.withLeaderElectionConfiguration(
                LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("berths").withLeaseNamespace(namespace)
                        .withIdentity(identity).withLeaseDuration(LEASE).withRenewDeadline(RENEWAL)
                        .withRetryPeriod(RETRY).build()));
        operator.register(new BerthReconciler(identity),
                controller -> controller.settingNamespace(namespace));
        operator.installShutdownHook(Duration.ofSeconds(2));
        LOG.info("{} starts in {}", identity, namespace);
        operator.start();
    }
}
