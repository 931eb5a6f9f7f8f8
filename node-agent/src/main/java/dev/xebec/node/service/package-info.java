/**
 * The node agent as a service: wiring and loops. Start reading at {@link dev.xebec.node.service.NodeAgentService}.
 */
@NullMarked
package dev.xebec.node.service;

import org.jspecify.annotations.NullMarked;
