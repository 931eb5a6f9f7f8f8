/**
 * Who asks: client certificates and bearer tokens. Start reading at {@link dev.xebec.gateway.authentication.Authenticator}.
 */
@NullMarked
package dev.xebec.gateway.authentication;

import org.jspecify.annotations.NullMarked;
