/**
 * What every namespace holds from the start, and how one ends. Start reading at
 * {@link dev.xebec.controller.namespace.NamespaceReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.namespace;

import org.jspecify.annotations.NullMarked;
