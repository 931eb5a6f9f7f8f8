/**
 * What stands between a request that is allowed and the store: defaulting, the rules of namespaces, validation. Start
 * reading at {@link dev.xebec.gateway.admission.Admission}.
 */
@NullMarked
package dev.xebec.gateway.admission;

import org.jspecify.annotations.NullMarked;
