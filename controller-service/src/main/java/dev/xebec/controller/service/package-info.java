/**
 * The shell of the controllers: one informer, a loop per reconciler, and what has to be noted or asked at the edge.
 * Start reading at {@link dev.xebec.controller.service.ControllerService}.
 */
@NullMarked
package dev.xebec.controller.service;

import org.jspecify.annotations.NullMarked;
