package dev.xebec.controller.object;

/** A number, or a percentage of another. Source: apimachinery {@code util/intstr}. */
public final class IntOrPercent {
    private IntOrPercent() {}

    /** Something that is neither counts as 0: validation has refused it before. */
    public static int of(String text, int total, boolean roundUp) {
        boolean percent = text.endsWith("%");
        try {
            int number = Integer.parseInt(percent ? text.substring(0, text.length() - 1) : text);
            if (!percent) {
                return number;
            }
            long scaled = (long) number * total;
            return Math.toIntExact(roundUp ? Math.ceilDiv(scaled, 100L) : Math.floorDiv(scaled, 100L));
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}
