/**
 * What a refused request answers. Start reading at {@link dev.xebec.model.status.Status}.
 */
@NullMarked
package dev.xebec.model.status;

import org.jspecify.annotations.NullMarked;
