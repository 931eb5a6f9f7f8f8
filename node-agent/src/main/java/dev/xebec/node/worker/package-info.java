/**
 * Carries out, pod by pod, what {@code dev.xebec.node.pod} decides. Start reading at
 * {@link dev.xebec.node.worker.PodWorker}.
 */
@NullMarked
package dev.xebec.node.worker;

import org.jspecify.annotations.NullMarked;
