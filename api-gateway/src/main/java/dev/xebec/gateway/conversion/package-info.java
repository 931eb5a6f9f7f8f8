/**
 * Objects in the version that is asked for, whichever they are stored in. Start reading at
 * {@link dev.xebec.gateway.conversion.Conversions}.
 */
@NullMarked
package dev.xebec.gateway.conversion;

import org.jspecify.annotations.NullMarked;
