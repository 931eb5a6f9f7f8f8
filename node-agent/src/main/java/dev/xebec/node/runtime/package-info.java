/**
 * What runs containers, as the agent sees it: one small interface, its records, and a contract that every runtime
 * keeps. Start reading at {@link dev.xebec.node.runtime.ContainerRuntime}. May use nothing but the JDK.
 */
@NullMarked
package dev.xebec.node.runtime;

import org.jspecify.annotations.NullMarked;
