package dev.xebec.model.structural;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The formats of strings that are enforced. Others say nothing. Names are compared without hyphens.
 *
 * <p>Source: apiextensions-apiserver {@code pkg/apiserver/validation/formats.go}, kube-openapi {@code strfmt}.
 */
public final class Formats {
    /** Characters beyond which a text has no format: none of them is that long. */
    private static final int MAX_LENGTH = 16 * 1024;

    private static final Map<String, Predicate<String>> BY_NAME = Map.ofEntries(
            Map.entry("bsonobjectid", pattern("[0-9a-fA-F]{24}")), Map.entry("uri", Formats::isUri),
            Map.entry("email", Formats::isEmail),
            Map.entry("hostname", Formats::isHostname),
            Map.entry("ipv4", text -> text.contains(".") && InternetAddress.parse(withoutZeros(text)) != null),
            Map.entry("ipv6", text -> text.contains(":") && InternetAddress.parse(withoutZeros(text)) != null),
            Map.entry("cidr", Formats::isCidr),
            Map.entry("mac", pattern("([0-9a-fA-F]{2}([:-])[0-9a-fA-F]{2}(\\2[0-9a-fA-F]{2}){4}((\\2[0-9a-fA-F]{2}){2}"
                    + "|(\\2[0-9a-fA-F]{2}){14})?)|([0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){2}((\\.[0-9a-fA-F]{4})"
                    + "|(\\.[0-9a-fA-F]{4}){7})?)")),
            Map.entry("uuid", pattern("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")),
            Map.entry("uuid3", pattern("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?3[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}")),
            Map.entry("uuid4", pattern("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}")),
            Map.entry("uuid5", pattern("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}")),
            Map.entry("isbn", text -> CheckDigits.isbn10(text) || CheckDigits.isbn13(text)),
            Map.entry("isbn10", CheckDigits::isbn10), Map.entry("isbn13", CheckDigits::isbn13),
            Map.entry("creditcard", CheckDigits::creditCard),
            Map.entry("ssn", pattern("\\d{3}[- ]?\\d{2}[- ]?\\d{4}")),
            Map.entry("hexcolor", pattern("#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")),
            Map.entry("rgbcolor", pattern("rgb\\(\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,\\s*"
                    + "(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*,\\s*(0|[1-9]\\d?|1\\d\\d?|2[0-4]\\d|25[0-5])\\s*\\)")),
            Map.entry("byte", Formats::isBase64), Map.entry("password", text -> true),
            Map.entry("date", Formats::isDate), Map.entry("duration", Formats::isDuration),
            Map.entry("datetime", Formats::isDateTime),
            Map.entry("k8sshortname", pattern("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")),
            Map.entry("k8slongname", pattern("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?"
                    + "(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")));

    /** One label, or several of which the last has letters only. */
    private static final Pattern HOSTNAME = Pattern.compile("[0-9\\p{S}\\p{L}]-?[0-9\\p{S}\\p{L}]{0,62}"
            + "|([0-9\\p{S}\\p{L}]([-0-9\\p{S}\\p{L}]{0,61}[0-9\\p{S}\\p{L}])?\\.)+\\p{L}{2,63}");
    private static final Pattern LEADING_ZEROS = Pattern.compile("(?<![0-9a-fA-F])0+(?=[0-9]+(\\.|$))");

    private Formats() {}

    public static boolean matches(String format, String text) {
        Predicate<String> known = BY_NAME.get(format.replace("-", ""));
        return known == null || (text.length() <= MAX_LENGTH || format.equals("byte") || format.equals("password"))
                && known.test(text);
    }

    private static Predicate<String> pattern(String regex) {
        Pattern compiled = Pattern.compile(regex);
        return text -> compiled.matcher(text).matches();
    }

    /** Limits are in bytes of UTF-8. */
    private static boolean isHostname(String text) {
        return HOSTNAME.matcher(text).matches() && text.getBytes(StandardCharsets.UTF_8).length <= 255
                && Arrays.stream(text.split("\\."))
                        .allMatch(label -> label.getBytes(StandardCharsets.UTF_8).length <= 63);
    }

    /** Numbers of addresses may have zeros before them, as Go read them once. */
    private static String withoutZeros(String text) {
        return text.contains(".") ? LEADING_ZEROS.matcher(text).replaceAll("") : text;
    }

    private static boolean isUri(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private static boolean isEmail(String text) {
        int open = text.indexOf('<');
        String address = open >= 0 && text.endsWith(">") ? text.substring(open + 1, text.length() - 1) : text.strip();
        int at = address.lastIndexOf('@');
        return at > 0 && at < address.length() - 1 && address.indexOf('@') == at && !address.contains(" ")
                && !address.contains("..") && !address.startsWith(".") && address.charAt(at - 1) != '.'
                && !address.endsWith(".") && address.charAt(at + 1) != '.';
    }

    private static boolean isCidr(String text) {
        return InternetAddress.parseCidr(withoutZeros(text)) != null;
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text.replace("\n", "").replace("\r", ""));
            return text.replace("\n", "").replace("\r", "").length() % 4 == 0;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isDate(String text) {
        try {
            return text.length() == 10 && LocalDate.parse(text) != null;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isDateTime(String text) {
        try {
            return OffsetDateTime.parse(text.toUpperCase(java.util.Locale.ROOT)) != null;
        } catch (DateTimeException malformed) {
            return false;
        }
    }

    private static boolean isDuration(String text) {
        return GoDurations.matches(text);
    }
}
