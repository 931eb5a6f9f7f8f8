/**
 * Services of a role each, in processes of their own, operated as {@code docs/operate} says while clients work. Start reading at
 * {@link dev.xebec.system.role.OperatedClusterTest}.
 */
@NullMarked
package dev.xebec.system.role;

import org.jspecify.annotations.NullMarked;
