/**
 * The time that a process goes by. Start reading at {@link dev.xebec.kit.time.SteadyClock}.
 */
@NullMarked
package dev.xebec.kit.time;

import org.jspecify.annotations.NullMarked;
