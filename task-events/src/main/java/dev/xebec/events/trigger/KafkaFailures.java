package dev.xebec.events.trigger;

import dev.xebec.events.trigger.plan.Health;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a failure of Kafka's clients says of a trigger. */
final class KafkaFailures {
    /** Another replica reads in this one's place; it tells the status. */
    static final String TAKEN_OVER = "TakenOver";
    /** Not Kafka's failure but ours. */
    static final String FAULT = "InternalError";

    private KafkaFailures() {}

    static Health health(RuntimeException failure) {
        return switch (failure) {
            case TopicMissingException missing -> Health.not("TopicMissing", text(missing));
            case UnknownTopicOrPartitionException missing -> Health.not("TopicMissing", text(missing));
            case InvalidTopicException invalid -> Health.not("TopicMissing", text(invalid));
            case ProducerFencedException fenced -> takenOver(fenced);
            case InvalidProducerEpochException fenced -> takenOver(fenced);
            case FencedInstanceIdException fenced -> takenOver(fenced);
            case CommitFailedException fenced -> takenOver(fenced);
            case RebalanceInProgressException fenced -> takenOver(fenced);
            case UnknownMemberIdException fenced -> takenOver(fenced);
            case IllegalGenerationException fenced -> takenOver(fenced);
            case AuthenticationException refused -> Health.not("NotAuthorized", text(refused));
            case AuthorizationException refused -> Health.not("NotAuthorized", text(refused));
            case KafkaException other -> other.getCause() instanceof RuntimeException cause
                    && !(cause instanceof ConfigException)
                            ? health(cause)
                            : Health.not("KafkaUnreachable", text(root(other)));
            default -> Health.not(FAULT, text(failure));
        };
    }

    private static Health takenOver(RuntimeException fenced) {
        return Health.not(TAKEN_OVER, text(fenced));
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String text(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
