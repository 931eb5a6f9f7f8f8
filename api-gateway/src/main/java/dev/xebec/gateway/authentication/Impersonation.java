package dev.xebec.gateway.authentication;

import dev.xebec.contracts.api.ApiRequest;
import dev.xebec.model.status.RejectedException;
import dev.xebec.model.status.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Acting as somebody else, as {@code kubectl --as} does. Source: apiserver {@code endpoints/filters/impersonation.go}.
 */
public final class Impersonation {
    public static final String USER = "Impersonate-User";
    public static final String GROUP = "Impersonate-Group";
    private static final String ANONYMOUS = "system:anonymous";
    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private Impersonation() {}

    /** @param name whom to act as; empty for oneself */
    public static ApiRequest.User of(ApiRequest.User user, String name, List<String> groups) {
        if (name.isEmpty()) {
            if (!groups.isEmpty()) {
                throw new RejectedException(
                        Status.badRequest("requested " + groups + " without impersonating a user"));
            }
            return user;
        }
        if (user.name().isEmpty()) {
            throw new RejectedException(Status.unauthorized());
        }
        if (name.equals(ANONYMOUS)) {
            return Authenticator.ANONYMOUS;
        }
        List<String> in = new ArrayList<>(groups);
        if (groups.isEmpty() && name.startsWith(SERVICE_ACCOUNT)) {
            String namespace = name.substring(SERVICE_ACCOUNT.length()).split(":", 2)[0];
            in.addAll(List.of("system:serviceaccounts", "system:serviceaccounts:" + namespace));
        }
        if (!in.contains(ClientCertificates.AUTHENTICATED)) {
            in.add(ClientCertificates.AUTHENTICATED);
        }
        return new ApiRequest.User(name, List.copyOf(in));
    }
}
