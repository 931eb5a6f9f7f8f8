/**
 * The gateway as a service of the cluster: configuration, wiring, start and stop. Start reading at
 * {@link dev.xebec.gateway.service.GatewayService}.
 */
@NullMarked
package dev.xebec.gateway.service;

import org.jspecify.annotations.NullMarked;
