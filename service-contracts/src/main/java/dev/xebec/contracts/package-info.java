/**
 * What every contract shares: bytes, and how the world may fail.
 */
@NullMarked
package dev.xebec.contracts;

import org.jspecify.annotations.NullMarked;
