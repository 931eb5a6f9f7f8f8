/**
 * What a container is told: its environment, its command with variables filled in, and the facts of its own pod. Pure but
 * for the look at other objects, which comes in as {@link dev.xebec.node.environment.ReferencedObjects}. Start reading at
 * {@link dev.xebec.node.environment.ContainerEnvironment}.
 */
@NullMarked
package dev.xebec.node.environment;

import org.jspecify.annotations.NullMarked;
