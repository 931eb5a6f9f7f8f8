package dev.xebec.berths;

/**
 * What is asked for.
 *
 * @param tons what the ship weighs
 * @param tariff the ConfigMap of the same namespace that says what a ton costs
 */
public record BerthSpec(String ship, int tons, String tariff) {}
