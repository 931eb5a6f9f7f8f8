/**
 * An operator of the Java Operator SDK: ships ask for berths, and each berth gets a manifest. Start reading at
 * {@link dev.xebec.berths.BerthReconciler}. It knows nothing of the server that it talks to.
 */
@NullMarked
package dev.xebec.berths;

import org.jspecify.annotations.NullMarked;
