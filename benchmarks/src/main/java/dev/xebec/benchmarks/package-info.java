/**
 * Loads a Kubernetes API server through its public API and prints figures; any server will do. Start reading at
 * {@link dev.xebec.benchmarks.Main}.
 */
@NullMarked
package dev.xebec.benchmarks;

import org.jspecify.annotations.NullMarked;
