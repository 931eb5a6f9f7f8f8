package dev.xebec.gateway.discovery;

import java.util.function.BooleanSupplier;

/**
 * One of the things that readiness depends on.
 *
 * @param name as {@code /readyz/NAME} has it
 * @param holds answers at once
 * @param why not, where it does not hold
 */
public record HealthCheck(String name, BooleanSupplier holds, String why) {

    public HealthCheck(String name, BooleanSupplier holds) {
        this(name, holds, name + " does not hold");
    }
}
