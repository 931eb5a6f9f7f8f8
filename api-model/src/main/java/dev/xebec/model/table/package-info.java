/**
 * The cells that {@code kubectl get} shows. Start reading at {@link dev.xebec.model.table.TableColumns}.
 */
@NullMarked
package dev.xebec.model.table;

import org.jspecify.annotations.NullMarked;
