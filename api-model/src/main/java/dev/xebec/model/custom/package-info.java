/**
 * Kinds that users define by CustomResourceDefinitions. Start reading at {@link dev.xebec.model.custom.CustomResourceKinds}.
 */
@NullMarked
package dev.xebec.model.custom;

import org.jspecify.annotations.NullMarked;
