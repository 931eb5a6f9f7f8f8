/**
 * The store in memory, for tests and clusters that may forget. Start reading at
 * {@link dev.xebec.state.memory.InMemoryStateStore}.
 */
@NullMarked
package dev.xebec.state.memory;

import org.jspecify.annotations.NullMarked;
