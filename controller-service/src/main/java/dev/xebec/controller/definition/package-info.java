/**
 * The end of CustomResourceDefinitions, and names that become free. Start reading at
 * {@link dev.xebec.controller.definition.DefinitionReconciler}.
 *
 * <p>Pure: no I/O, no clock, no logger.
 */
@NullMarked
package dev.xebec.controller.definition;

import org.jspecify.annotations.NullMarked;
