package dev.xebec.state.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Opens clients of etcd. */
final class EtcdConnection {
    private static final Duration KEEPALIVE = Duration.ofSeconds(2);
    private static final int MAX_MESSAGE_BYTES = 1024 * 1024 * 1024;

    private EtcdConnection() {}

    static Client open(EtcdConfig config) {
        ClientBuilder builder = Client.builder().endpoints(config.endpoints()).waitForReady(false)
                .connectTimeout(config.patience()).keepaliveTime(KEEPALIVE).keepaliveTimeout(KEEPALIVE)
                // Reads may be repeated freely; transactions are not retried by the client at all.
                .retryMaxAttempts(2).maxInboundMessageSize(MAX_MESSAGE_BYTES);
        EtcdConfig.Login login = config.login();
        if (login != null) {
            builder.user(ByteSequence.from(login.user(), StandardCharsets.UTF_8))
                    .password(ByteSequence.from(login.password(), StandardCharsets.UTF_8));
        }
        EtcdConfig.Tls tls = config.tls();
        if (tls != null) {
            try {
                builder.sslContext(ssl -> ssl.trustManager(tls.authorities().toFile())
                        .keyManager(tls.certificate().toFile(), tls.key().toFile()));
            } catch (SSLException | IllegalArgumentException unusable) {
                throw new IllegalArgumentException("the certificates for etcd cannot be used: " + unusable.getMessage(),
                        unusable);
            }
        }
        return builder.build();
    }
}
