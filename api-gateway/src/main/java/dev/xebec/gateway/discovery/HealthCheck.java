package dev.xebec.gateway.discovery;

import java.util.function.BooleanSupplier;

/**
 * One of the things that readiness depends on.
 *
 * @param name as {@code /readyz/NAME} has it
 * @param holds answers at once
 */
public record HealthCheck(String name, BooleanSupplier holds) {}
