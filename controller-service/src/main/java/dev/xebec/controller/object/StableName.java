package dev.xebec.controller.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Name endings that follow from what they are for, so that two owners of one piece of work collide. */
public final class StableName {
    /** Letters and digits that spell no words. Source: apimachinery {@code util/rand}. */
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    /** Characters of a base name that a generated ending is put behind. Source: apiserver {@code storage/names}. */
    private static final int MAX_BASE = 58;

    private StableName() {}

    /** The same parts always give the same ending. */
    public static String suffix(int length, String... parts) {
        byte[] digest = sha256(String.join("\0", parts));
        StringBuilder suffix = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            suffix.append(ALPHABET.charAt((digest[i] & 0xff) % ALPHABET.length()));
        }
        return suffix.toString();
    }

    /** {@code base-suffix}, the base cut where the name would become too long for a label. */
    public static String of(String base, String suffix) {
        String prefix = base + "-";
        return (prefix.length() > MAX_BASE ? prefix.substring(0, MAX_BASE) : prefix) + suffix;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
