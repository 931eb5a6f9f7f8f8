/**
 * The Kubernetes API over the bus: a gateway's end and its clients'. Start reading at
 * {@link dev.xebec.kit.api.BusApiClient}.
 */
@NullMarked
package dev.xebec.kit.api;

import org.jspecify.annotations.NullMarked;
