/**
 * What a client should be told of an object though it is accepted. Pure. Start reading at {@link dev.xebec.model.advice.Advice}.
 */
@NullMarked
package dev.xebec.model.advice;

import org.jspecify.annotations.NullMarked;
