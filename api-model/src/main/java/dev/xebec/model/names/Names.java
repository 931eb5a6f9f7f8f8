package dev.xebec.model.names;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The syntax rules for names: each returns what is wrong, in Kubernetes' words, or an empty list.
 *
 * <p>Source: apimachinery {@code util/validation/validation.go}.
 */
public final class Names {
    /** Bytes of a DNS-1123 subdomain. */
    public static final int MAX_SUBDOMAIN = 253;
    /** Bytes of a DNS label, of a label value and of the name part of a qualified name. */
    public static final int MAX_LABEL = 63;

    private static final String LABEL_REGEX = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_MESSAGE = regexMessage("a lowercase RFC 1123 subdomain must consist of "
            + "lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
            LABEL_REGEX + "(\\." + LABEL_REGEX + ")*", "example.com");
    private static final String CASELESS_MESSAGE = regexMessage("an RFC 1123 subdomain must consist of alphanumeric "
            + "characters, '-' or '.', and must start and end with an alphanumeric character",
            LABEL_REGEX + "(\\." + LABEL_REGEX + ")*", "Example.com");
    private static final String IDENTIFIER_MESSAGE = regexMessage("a valid C identifier must start with alphabetic "
            + "character or '_', followed by a string of alphanumeric characters or '_'", "[A-Za-z_][A-Za-z0-9_]*",
            "my_name", "MY_NAME", "MyName");
    private static final String LABEL_MESSAGE = regexMessage("a lowercase RFC 1123 label must consist of lower case "
            + "alphanumeric characters or '-', and must start and end with an alphanumeric character", LABEL_REGEX,
            "my-name", "123-abc");
    private static final String LABEL_1035_MESSAGE = regexMessage("a DNS-1035 label must consist of lower case "
            + "alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric "
            + "character", "[a-z]([-a-z0-9]*[a-z0-9])?", "my-name", "abc-123");
    private static final String QUALIFIED_MESSAGE = regexMessage("must consist of alphanumeric characters, '-', '_' "
            + "or '.', and must start and end with an alphanumeric character",
            "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]", "MyName", "my.name", "123-abc");
    private static final String LABEL_VALUE_MESSAGE = regexMessage("a valid label must be an empty string or consist "
            + "of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
            "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?", "MyValue", "my_value", "12345");
    private static final String CONFIG_KEY_MESSAGE = regexMessage("a valid config key must consist of alphanumeric "
            + "characters, '-', '_' or '.'", "[-._a-zA-Z0-9]+", "key.name", "KEY_NAME", "key-name");
    private static final String ENV_NAME_MESSAGE = "a valid environment variable name must consist only of printable "
            + "ASCII characters other than '='";
    private static final String PATH_REGEX = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
    private static final String PORT_NAME_MESSAGE = "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)";

    private Names() {}

    /** Most objects' names. */
    public static List<String> subdomain(String value) {
        List<String> wrong = tooLong(value, MAX_SUBDOMAIN, "characters");
        if (!isSubdomain(value)) {
            wrong.add(SUBDOMAIN_MESSAGE);
        }
        return wrong;
    }

    /** The same as newer rules word it. Source: apimachinery {@code api/validate/content/dns.go}. */
    public static List<String> longName(String value) {
        List<String> wrong = tooLong(value, MAX_SUBDOMAIN, "bytes");
        if (!isSubdomain(value)) {
            wrong.add(SUBDOMAIN_MESSAGE);
        }
        return wrong;
    }

    /** A subdomain in letters of any size. */
    public static List<String> longNameCaseless(String value) {
        List<String> wrong = tooLong(value, MAX_SUBDOMAIN, "bytes");
        if (!isSubdomain(value.toLowerCase(Locale.ROOT))) {
            wrong.add(CASELESS_MESSAGE);
        }
        return wrong;
    }

    /** A name as the language C has them. Source: apimachinery {@code api/validate/content/identifier.go}. */
    public static List<String> identifier(String value) {
        boolean fine = !value.isEmpty() && !(value.charAt(0) >= '0' && value.charAt(0) <= '9')
                && value.chars().allMatch(c -> isLetterOrDigit((char) c) || c == '_');
        return fine ? List.of() : List.of(IDENTIFIER_MESSAGE);
    }

    /** A label as newer rules word it. */
    public static List<String> shortName(String value) {
        List<String> wrong = tooLong(value, MAX_LABEL, "bytes");
        if (!isDnsLabel(value, 0, value.length())) {
            wrong.add(isSubdomain(value) ? "must not contain dots" : LABEL_MESSAGE);
        }
        return wrong;
    }

    /** Names of namespaces, containers, volumes. */
    public static List<String> label(String value) {
        List<String> wrong = tooLong(value, MAX_LABEL, "characters");
        if (!isDnsLabel(value, 0, value.length())) {
            wrong.add(isSubdomain(value) ? "must not contain dots" : LABEL_MESSAGE);
        }
        return wrong;
    }

    /** A DNS label that starts with a letter: names of Services. */
    public static List<String> label1035(String value) {
        List<String> wrong = tooLong(value, MAX_LABEL, "characters");
        if (!isDnsLabel(value, 0, value.length()) || !isLowerLetter(value.charAt(0))) {
            wrong.add(LABEL_1035_MESSAGE);
        }
        return wrong;
    }

    /** A name that may stand as one segment of a URL path: names of RBAC objects. */
    public static List<String> pathSegment(String value) {
        List<String> wrong = new ArrayList<>();
        if (value.equals(".") || value.equals("..")) {
            wrong.add("may not be '" + value + "'");
        }
        for (String part : List.of("/", "%")) {
            if (value.contains(part)) {
                wrong.add("may not contain '" + part + "'");
            }
        }
        return wrong;
    }

    /** Keys of labels, annotations, taints, finalizers: {@code [prefix/]name}. */
    public static List<String> qualified(String value) {
        List<String> wrong = new ArrayList<>();
        int slash = value.indexOf('/');
        String name = value;
        if (slash >= 0) {
            if (value.indexOf('/', slash + 1) >= 0) {
                wrong.add("a valid label key " + QUALIFIED_MESSAGE
                        + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
                return wrong;
            }
            String prefix = value.substring(0, slash);
            name = value.substring(slash + 1);
            if (prefix.isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                subdomain(prefix).forEach(message -> wrong.add("prefix part " + message));
            }
        }
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else if (name.length() > MAX_LABEL) {
            wrong.add("name part must be no more than " + MAX_LABEL + " bytes");
        }
        if (!isWord(name)) {
            wrong.add("name part " + QUALIFIED_MESSAGE);
        }
        return wrong;
    }

    public static List<String> labelValue(String value) {
        List<String> wrong = tooLong(value, MAX_LABEL, "bytes");
        if (!value.isEmpty() && !isWord(value)) {
            wrong.add(LABEL_VALUE_MESSAGE);
        }
        return wrong;
    }

    /** Keys of ConfigMaps and Secrets. */
    public static List<String> configKey(String value) {
        List<String> wrong = tooLong(value, MAX_SUBDOMAIN, "characters");
        if (value.isEmpty() || !value.chars().allMatch(Names::isWordCharacter)) {
            wrong.add(CONFIG_KEY_MESSAGE);
        }
        if (value.equals(".") || value.equals("..")) {
            wrong.add("must not be '" + value + "'");
        } else if (value.startsWith("..")) {
            wrong.add("must not start with '..'");
        }
        return wrong;
    }

    /** Environment variables: what newer servers accept, any printable character but the equals sign. */
    public static List<String> envName(String value) {
        boolean fine = !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=');
        return fine ? List.of() : List.of(ENV_NAME_MESSAGE);
    }

    /** Names of ports: IANA service names. */
    public static List<String> portName(String value) {
        List<String> wrong = new ArrayList<>();
        if (value.length() > 15) {
            wrong.add("must be no more than 15 characters");
        }
        if (value.isEmpty() || !value.chars().allMatch(c -> isLowerLetterOrDigit((char) c) || c == '-')) {
            wrong.add(PORT_NAME_MESSAGE);
        }
        if (value.chars().noneMatch(c -> isLowerLetter((char) c))) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (value.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (value.startsWith("-") || value.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    /** A domain, or all names below one: {@code *.example.com}. */
    public static List<String> host(String value) {
        if (!value.contains("*")) {
            return subdomain(value);
        }
        List<String> wrong = tooLong(value, MAX_SUBDOMAIN, "characters");
        if (!value.startsWith("*.") || !isSubdomain(value.substring(2))) {
            wrong.add(regexMessage("a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS "
                    + "subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an "
                    + "alphanumeric character", "\\*\\." + LABEL_REGEX + "(\\." + LABEL_REGEX + ")*", "*.example.com"));
        }
        return wrong;
    }

    /** A domain, a slash and a path: {@code example.com/controller}. */
    public static List<String> domainPath(String value) {
        int slash = value.indexOf('/');
        String domain = slash < 0 ? value : value.substring(0, slash);
        String path = slash < 0 ? "" : value.substring(slash + 1);
        if (domain.isEmpty() || path.isEmpty()) {
            return List.of("must be a domain-prefixed path (such as \"acme.io/foo\")");
        }
        List<String> wrong = new ArrayList<>();
        subdomain(domain).forEach(message -> wrong.add("prefix part " + message));
        if (!path.matches(PATH_REGEX)) {
            wrong.add(regexMessage("Invalid path", PATH_REGEX, "path"));
        }
        return wrong;
    }

    private static List<String> tooLong(String value, int max, String unit) {
        List<String> wrong = new ArrayList<>(1);
        if (value.length() > max) {
            wrong.add("must be no more than " + max + " " + unit);
        }
        return wrong;
    }

    private static boolean isSubdomain(String value) {
        int start = 0;
        for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', start)) {
            if (!isDnsLabel(value, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isDnsLabel(value, start, value.length());
    }

    private static boolean isDnsLabel(String value, int from, int to) {
        if (from >= to || !isLowerLetterOrDigit(value.charAt(from)) || !isLowerLetterOrDigit(value.charAt(to - 1))) {
            return false;
        }
        for (int at = from; at < to; at++) {
            if (!isLowerLetterOrDigit(value.charAt(at)) && value.charAt(at) != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(String value) {
        return !value.isEmpty() && isLetterOrDigit(value.charAt(0)) && isLetterOrDigit(value.charAt(value.length() - 1))
                && value.chars().allMatch(Names::isWordCharacter);
    }

    private static boolean isWordCharacter(int c) {
        return isLetterOrDigit((char) c) || c == '-' || c == '_' || c == '.';
    }

    private static boolean isLetterOrDigit(char c) {
        return isLowerLetterOrDigit(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isLowerLetterOrDigit(char c) {
        return isLowerLetter(c) || (c >= '0' && c <= '9');
    }

    private static boolean isLowerLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static String regexMessage(String message, String regex, String... examples) {
        StringBuilder text = new StringBuilder(message).append(" (e.g. ");
        for (int at = 0; at < examples.length; at++) {
            text.append(at > 0 ? " or " : "").append('\'').append(examples[at]).append("', ");
        }
        return text.append("regex used for validation is '").append(regex).append("')").toString();
    }
}
