/**
 * Decides what is to be done for a pod on its node, and what its status is. Pure: what is seen goes in, actions and a
 * status come out. Start reading at {@link dev.xebec.node.pod.PodDecider}. May use the object model and the records of
 * {@code dev.xebec.node.runtime}.
 */
@NullMarked
package dev.xebec.node.pod;

import org.jspecify.annotations.NullMarked;
