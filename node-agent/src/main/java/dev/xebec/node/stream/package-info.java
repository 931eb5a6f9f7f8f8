/**
 * Serves logs, exec and attach of this node's containers as streams on the bus. Start reading at
 * {@link dev.xebec.node.stream.NodeStreams}.
 */
@NullMarked
package dev.xebec.node.stream;

import org.jspecify.annotations.NullMarked;
