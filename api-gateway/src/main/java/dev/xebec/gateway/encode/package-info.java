/**
 * What a request's Accept header asks for, and answers in that form: JSON (ready bytes), YAML, Table and
 * PartialObjectMetadata. Start reading at {@link dev.xebec.gateway.encode.OutputForm}.
 */
@NullMarked
package dev.xebec.gateway.encode;

import org.jspecify.annotations.NullMarked;
