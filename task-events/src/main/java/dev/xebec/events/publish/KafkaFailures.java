package dev.xebec.events.publish;

import dev.xebec.contracts.UnavailableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** What a failure of a Kafka client comes to. */
final class KafkaFailures {
    private KafkaFailures() {}

    /** @param doing what was being done, such as {@code committing} */
    static RuntimeException of(String doing, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return new FencedException();
            }
            if (cause instanceof AuthorizationException || cause instanceof AuthenticationException
                    || cause instanceof UnsupportedVersionException) {
                return new RefusedException("Kafka refuses " + doing + ": " + said(cause));
            }
            if (cause instanceof RefusedException refused) {
                return refused;
            }
        }
        return new UnavailableException("Kafka fails at " + doing + ": " + said(failure), failure);
    }

    private static @Nullable Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        Throwable cause = failure.getCause();
        if (cause != null && cause != failure && (message == null || message.equals(cause.toString()))) {
            return said(cause);
        }
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
