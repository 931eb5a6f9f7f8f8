package dev.xebec.berths;

/**
 * What became of it.
 *
 * @param fee what it costs, -1 while no tariff says so
 * @param by the operator that said so last
 */
public record BerthStatus(long observedGeneration, long fee, String by) {}
