/**
 * Label and field selectors. Start reading at {@link dev.xebec.model.selector.LabelSelector}.
 */
@NullMarked
package dev.xebec.model.selector;

import org.jspecify.annotations.NullMarked;
