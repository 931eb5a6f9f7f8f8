/**
 * What a gateway asks of a node agent: logs, exec and attach as framed streams on the bus.
 */
@NullMarked
package dev.xebec.contracts.node;

import org.jspecify.annotations.NullMarked;
