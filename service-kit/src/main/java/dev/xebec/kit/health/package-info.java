/**
 * What a process tells probes and scrapers over loopback HTTP. Start reading at
 * {@link dev.xebec.kit.health.HealthServer}.
 */
@NullMarked
package dev.xebec.kit.health;

import org.jspecify.annotations.NullMarked;
