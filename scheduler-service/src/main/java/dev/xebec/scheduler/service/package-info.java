/**
 * The scheduler as a service: follows the cluster, has its share of the pending pods decided and binds them. Start reading
 * at {@link dev.xebec.scheduler.service.SchedulerService}.
 */
@NullMarked
package dev.xebec.scheduler.service;

import org.jspecify.annotations.NullMarked;
