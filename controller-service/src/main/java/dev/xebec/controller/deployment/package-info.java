/**
 * Rolls a Deployment's template out over ReplicaSets. Start reading at
 * {@link dev.xebec.controller.deployment.DeploymentReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 *
 * <p>Source: k/k {@code pkg/controller/deployment}.
 */
@NullMarked
package dev.xebec.controller.deployment;

import org.jspecify.annotations.NullMarked;
