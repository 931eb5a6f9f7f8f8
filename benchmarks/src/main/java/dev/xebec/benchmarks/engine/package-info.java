/** What the object engine alone takes for a request: JMH over a gateway without doors, and a store in memory. */
@NullMarked
package dev.xebec.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
