/**
 * Probes: what they are, how their results add up ({@link dev.xebec.node.probe.ProbeCounter}, pure), and the threads that
 * run them. Start reading at {@link dev.xebec.node.probe.ContainerProbes}.
 */
@NullMarked
package dev.xebec.node.probe;

import org.jspecify.annotations.NullMarked;
