/**
 * A service in a process of its own, set up by flags, environment and file: what can be set, and what comes of it. Start
 * reading at {@link dev.xebec.server.role.RoleSettings}.
 */
@NullMarked
package dev.xebec.server.role;

import org.jspecify.annotations.NullMarked;
