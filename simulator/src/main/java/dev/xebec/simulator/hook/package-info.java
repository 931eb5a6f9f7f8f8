/** What instrumented code calls instead of the machine's clock and chance. Loaded by the bootstrap class loader, so it depends on the JDK alone. */
@NullMarked
package dev.xebec.simulator.hook;

import org.jspecify.annotations.NullMarked;
