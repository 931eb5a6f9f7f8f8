package dev.xebec.model.validation;

import dev.xebec.model.names.Names;
import dev.xebec.model.status.FieldError;
import java.util.List;

/**
 * Names of devices, their drivers, pools and attributes. Some are looked at in a second turn, in newer words; those are the
 * ones called declared. Source: {@code pkg/apis/resource/validation/validation.go} of Kubernetes and apimachinery
 * {@code api/validate/strfmt.go}.
 */
final class DeviceNames {
    private static final int MAX_DRIVER = 63;
    private static final int MAX_POOL = 253;
    private static final int MAX_IDENTIFIER = 32;

    private DeviceNames() {}

    static void driver(String driver, String path, Findings findings) {
        if (driver.isEmpty()) {
            findings.required(path, "");
        } else {
            StorageClassRules.driver(driver, path, findings);
        }
    }

    static void declaredDriver(String driver, String path, Findings declared) {
        if (driver.isEmpty()) {
            declared.required(path, "");
            return;
        }
        declared.invalid(path, driver, Names.longNameCaseless(driver));
        if (driver.codePointCount(0, driver.length()) > MAX_DRIVER) {
            declared.add(new FieldError(FieldError.Type.TOO_LONG, path,
                    "Too long: may not be more than " + MAX_DRIVER + " characters"));
        }
    }

    static void pool(String pool, String path, Findings findings) {
        if (pool.isEmpty()) {
            findings.required(path, "");
            return;
        }
        if (MetadataRules.utf8(pool) > MAX_POOL) {
            findings.add(FieldError.tooLong(path, MAX_POOL));
        }
        for (String part : pool.split("/", -1)) {
            findings.invalid(path, part, Names.subdomain(part));
        }
    }

    static void declaredPool(String pool, String path, Findings declared) {
        if (pool.isEmpty()) {
            declared.required(path, "");
            return;
        }
        if (MetadataRules.utf8(pool) > MAX_POOL) {
            declared.add(FieldError.tooLong(path, MAX_POOL));
        }
        String[] parts = pool.split("/", -1);
        for (int at = 0; at < parts.length; at++) {
            String segment = "segment " + at + ": ";
            if (parts[at].isEmpty()) {
                declared.invalid(path, pool, segment + "must not be empty");
            }
            for (String wrong : parts[at].isEmpty() ? List.<String>of() : Names.longName(parts[at])) {
                declared.invalid(path, parts[at], segment + wrong);
            }
        }
    }

    /** The name of an attribute or a capacity, with or without a domain. */
    static void qualified(String name, String path, Findings findings) {
        String[] parts = name.split("/", -1);
        if (parts.length == 2 && parts[0].isEmpty()) {
            findings.invalid(path, "", "the domain must not be empty");
        } else if (parts.length == 2) {
            driver(parts[0], path, findings);
        }
        if (parts.length == 2 && parts[1].isEmpty()) {
            findings.invalid(path, "", "the name must not be empty");
        } else if (parts.length <= 2) {
            identifier(parts[parts.length - 1], path, findings);
        }
    }

    static void declaredFullyQualified(String name, String path, Findings declared) {
        String[] parts = name.split("/", -1);
        if (parts.length == 2 && parts[0].isEmpty()) {
            declared.invalid(path, "", "prefix must not be empty");
        } else if (parts.length == 2) {
            if (MetadataRules.utf8(parts[0]) > MAX_DRIVER) {
                declared.add(FieldError.tooLong(path, MAX_DRIVER));
            }
            Names.longName(parts[0]).forEach(wrong -> declared.invalid(path, parts[0], "prefix: " + wrong));
        }
        if (parts.length == 2 && parts[1].isEmpty()) {
            declared.invalid(path, "", "name must not be empty");
        } else if (parts.length <= 2) {
            identifier(parts[parts.length - 1], path, declared);
        }
        if (!name.contains("/")) {
            declared.invalid(path, name, "a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    private static void identifier(String id, String path, Findings findings) {
        if (MetadataRules.utf8(id) > MAX_IDENTIFIER) {
            findings.add(FieldError.tooLong(path, MAX_IDENTIFIER));
        }
        findings.invalid(path, id, Names.identifier(id));
    }

    /** A name that nodes may offer, beyond those of Kubernetes itself. */
    static void declaredExtendedResource(String name, String path, Findings declared) {
        if (!name.contains("/")) {
            declared.invalid(path, name, "a name must be a domain-prefixed path, such as 'example.com/my-prop'");
        } else if (name.contains("kubernetes.io/")) {
            declared.invalid(path, name, "must not have \"kubernetes.io/\" domain");
        }
        if (name.startsWith("requests.")) {
            declared.invalid(path, name, "must not have \"requests.\" prefix");
        }
        declared.invalid(path, name, Names.qualified("requests." + name));
    }

    static void uuid(String uid, String path, Findings declared) {
        if (!uid.matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")) {
            declared.invalid(path, uid, "must be a lowercase UUID in 8-4-4-4-12 format");
        }
    }
}
