package dev.xebec.node.volume;

import dev.xebec.model.object.ApiObject;
import java.util.Optional;

/** Tokens of pods' service accounts. */
public interface TokenSource {

    /** Empty where the cluster gives none; throws UnavailableException where nobody can say. */
    Optional<String> token(ApiObject pod, String audience, long expirationSeconds);
}
