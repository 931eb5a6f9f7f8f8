/**
 * Keeps what every cluster has though nobody made it: an APIService for each group version that is served, and the flow
 * control configuration that Kubernetes comes with. Start reading at
 * {@link dev.xebec.controller.bootstrap.ApiServiceReconciler}.
 *
 * <p>Pure; what the objects are is data of the shell's.
 */
@NullMarked
package dev.xebec.controller.bootstrap;

import org.jspecify.annotations.NullMarked;
