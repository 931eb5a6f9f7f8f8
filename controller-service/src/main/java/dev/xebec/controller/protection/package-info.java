/**
 * Lets volumes, claims and attribute classes go once nobody uses them. Start reading at
 * {@link dev.xebec.controller.protection.ProtectionReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.protection;

import org.jspecify.annotations.NullMarked;
