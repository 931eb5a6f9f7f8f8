package dev.xebec.kit.member;

import java.time.Duration;

/**
 * @param beat how often a process tells of its services
 * @param silence a process not heard of for so long is gone
 */
public record MemberTiming(Duration beat, Duration silence) {
    public static final MemberTiming DEFAULTS = new MemberTiming(Duration.ofMillis(300), Duration.ofMillis(1_500));
}
