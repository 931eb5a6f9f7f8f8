/**
 * A request's way through the gateway, whichever door it came in by. Start reading at
 * {@link dev.xebec.gateway.pipeline.Pipeline}.
 */
@NullMarked
package dev.xebec.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
