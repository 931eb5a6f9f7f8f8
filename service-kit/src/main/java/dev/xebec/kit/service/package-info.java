/**
 * What a service is and what it is given. Start reading at {@link dev.xebec.kit.service.Service}.
 */
@NullMarked
package dev.xebec.kit.service;

import org.jspecify.annotations.NullMarked;
