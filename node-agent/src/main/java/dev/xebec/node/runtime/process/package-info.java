/**
 * Containers as supervised processes of the host: a launcher in POSIX shell starts and outlives nothing but its container,
 * and writes down how it ended, so that the agent may die and come back. Where the kernel lets, each container has its own
 * mount, process and host-name namespaces, its root being the host's files under a copy-on-write layer in memory; it is
 * a way to run pods without installing anything, not a security boundary. Start reading at
 * {@link dev.xebec.node.runtime.process.ProcessRuntime}.
 */
@NullMarked
package dev.xebec.node.runtime.process;

import org.jspecify.annotations.NullMarked;
