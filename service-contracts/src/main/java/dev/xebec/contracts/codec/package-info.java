/**
 * The binary form of every message between services: a version byte, then fields in order. Start reading at
 * {@link dev.xebec.contracts.codec.StateCodec}; {@link dev.xebec.contracts.codec.ByteWriter} and
 * {@link dev.xebec.contracts.codec.ByteReader} are the alphabet.
 */
@NullMarked
package dev.xebec.contracts.codec;

import org.jspecify.annotations.NullMarked;
