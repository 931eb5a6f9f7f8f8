/**
 * YAML bodies as JSON trees. Start reading at {@link dev.xebec.model.yaml.YamlDecoder}.
 */
@NullMarked
package dev.xebec.model.yaml;

import org.jspecify.annotations.NullMarked;
