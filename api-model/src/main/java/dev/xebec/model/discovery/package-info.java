/**
 * The documents in which clients look up what a server serves. Start reading at
 * {@link dev.xebec.model.discovery.Discovery}.
 */
@NullMarked
package dev.xebec.model.discovery;

import org.jspecify.annotations.NullMarked;
