/**
 * Tells who stands behind each Service, as Endpoints and as EndpointSlices. Start reading at
 * {@link dev.xebec.controller.endpoints.Backends}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.endpoints;

import org.jspecify.annotations.NullMarked;
