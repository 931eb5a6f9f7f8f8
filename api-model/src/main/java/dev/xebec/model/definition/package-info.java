/**
 * What a CustomResourceDefinition may say. Start reading at {@link dev.xebec.model.definition.DefinitionRules}; uses the
 * structural schemas and, where a definition has rules, CEL.
 */
@NullMarked
package dev.xebec.model.definition;

import org.jspecify.annotations.NullMarked;
