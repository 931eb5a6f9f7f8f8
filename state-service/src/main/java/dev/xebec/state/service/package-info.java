/**
 * The state service: a replica of the store on the bus, with its condition and metrics. Start reading at
 * {@link dev.xebec.state.service.StateService}.
 */
@NullMarked
package dev.xebec.state.service;

import org.jspecify.annotations.NullMarked;
