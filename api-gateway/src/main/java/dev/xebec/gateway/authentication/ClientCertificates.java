package dev.xebec.gateway.authentication;

import dev.xebec.contracts.api.ApiRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The user that a verified client certificate names: its common name, in the groups that its organizations are. Source:
 * Kubernetes' X.509 client certificate authentication.
 */
public final class ClientCertificates {
    static final String AUTHENTICATED = "system:authenticated";

    private ClientCertificates() {}

    /** Null where the client showed no certificate, or one without a common name. */
    public static ApiRequest.@Nullable User user(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? user(leaf) : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    static ApiRequest.@Nullable User user(X509Certificate certificate) {
        String name = "";
        List<String> groups = new ArrayList<>();
        try {
            List<Rdn> parts = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns();
            for (Rdn part : parts) {
                javax.naming.directory.Attributes attributes = part.toAttributes();
                name = first(attributes, "CN", name);
                javax.naming.directory.Attribute organizations = attributes.get("O");
                for (int at = 0; organizations != null && at < organizations.size(); at++) {
                    groups.add(String.valueOf(organizations.get(at)));
                }
            }
        } catch (InvalidNameException malformed) {
            return null;
        } catch (javax.naming.NamingException impossible) {
            throw new IllegalStateException(impossible);
        }
        groups.add(AUTHENTICATED);
        return name.isEmpty() ? null : new ApiRequest.User(name, List.copyOf(groups));
    }

    private static String first(javax.naming.directory.Attributes attributes, String id, String otherwise)
            throws javax.naming.NamingException {
        javax.naming.directory.Attribute attribute = attributes.get(id);
        return attribute == null ? otherwise : String.valueOf(attribute.get());
    }
}
