/**
 * Built-in objects from one version of their kind to another, where the versions differ in more than their name. Pure
 * functions over JSON trees. Start reading at {@link dev.xebec.model.conversion.Conversion}.
 */
@NullMarked
package dev.xebec.model.conversion;

import org.jspecify.annotations.NullMarked;
