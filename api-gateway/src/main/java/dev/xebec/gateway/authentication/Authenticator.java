package dev.xebec.gateway.authentication;

import dev.xebec.contracts.api.ApiRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whose bearer token it is. Called on event loops: it computes, it does not wait. */
@FunctionalInterface
public interface Authenticator {
    /** Everybody who has no credentials at all. */
    ApiRequest.User ANONYMOUS = new ApiRequest.User("", List.of());

    /** Null where the token is not known, not valid or expired. */
    ApiRequest.@Nullable User authenticate(String token);

    /** Knows no tokens. */
    static Authenticator none() {
        return token -> null;
    }

    /** Asks one after another. */
    static Authenticator firstOf(List<Authenticator> authenticators) {
        return token -> {
            for (Authenticator one : authenticators) {
                ApiRequest.User user = one.authenticate(token);
                if (user != null) {
                    return user;
                }
            }
            return null;
        };
    }
}
