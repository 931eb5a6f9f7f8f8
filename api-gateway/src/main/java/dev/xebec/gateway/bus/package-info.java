/**
 * The bus door: the pipeline as an in-process client, and watches over several resources. Start reading at
 * {@link dev.xebec.gateway.bus.GatewayApi}.
 */
@NullMarked
package dev.xebec.gateway.bus;

import org.jspecify.annotations.NullMarked;
