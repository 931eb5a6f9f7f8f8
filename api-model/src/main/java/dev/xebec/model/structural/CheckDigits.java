package dev.xebec.model.structural;

import java.util.regex.Pattern;

/** Numbers whose last digit checks the others. */
final class CheckDigits {
    private static final Pattern CARD = Pattern.compile("4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|6(?:011|5[0-9][0-9])"
            + "[0-9]{12}|3[47][0-9]{13}|3(?:0[0-5]|[68][0-9])[0-9]{11}|(?:2131|1800|35\\d{3})\\d{11}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s-]+");

    private CheckDigits() {}

    static boolean isbn10(String text) {
        String digits = SEPARATORS.matcher(text).replaceAll("");
        if (!digits.matches("[0-9]{9}[0-9X]")) {
            return false;
        }
        int sum = 0;
        for (int at = 0; at < 10; at++) {
            char digit = digits.charAt(at);
            sum += (10 - at) * (digit == 'X' ? 10 : digit - '0');
        }
        return sum % 11 == 0;
    }

    static boolean isbn13(String text) {
        String digits = SEPARATORS.matcher(text).replaceAll("");
        if (!digits.matches("[0-9]{13}")) {
            return false;
        }
        int sum = 0;
        for (int at = 0; at < 13; at++) {
            sum += (digits.charAt(at) - '0') * (at % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    static boolean creditCard(String text) {
        String digits = text.replaceAll("[^0-9]+", "");
        if (!CARD.matcher(digits).matches()) {
            return false;
        }
        int sum = 0;
        boolean twice = false;
        for (int at = digits.length() - 1; at >= 0; at--) {
            int digit = (digits.charAt(at) - '0') * (twice ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }
}
