/**
 * The OpenAPI v3 documents that tell clients what fields objects have. Start reading at
 * {@link dev.xebec.model.openapi.OpenApiV3}.
 */
@NullMarked
package dev.xebec.model.openapi;

import org.jspecify.annotations.NullMarked;
