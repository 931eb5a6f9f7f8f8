/**
 * The whole store as this gateway sees it: ready JSON bytes by key, one revision at a time, and the events of late. Start
 * reading at {@link dev.xebec.gateway.cache.WatchCache} (the shell that follows the store) and
 * {@link dev.xebec.gateway.cache.StoreImage} (what readers get).
 */
@NullMarked
package dev.xebec.gateway.cache;

import org.jspecify.annotations.NullMarked;
