/**
 * The clients of Kubernetes, each run by itself against a real cluster: what they see is what is asserted. Start at
 * {@link dev.xebec.system.suite.SharedCluster}.
 */
@NullMarked
package dev.xebec.system.suite;

import org.jspecify.annotations.NullMarked;
