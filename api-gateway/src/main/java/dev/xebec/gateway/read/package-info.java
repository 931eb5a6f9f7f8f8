/**
 * The verbs that read: get, list and watch. Start reading at {@link dev.xebec.gateway.read.ListVerb}; which revision a read
 * is served from is decided in {@link dev.xebec.gateway.read.ReadRevision}.
 */
@NullMarked
package dev.xebec.gateway.read;

import org.jspecify.annotations.NullMarked;
