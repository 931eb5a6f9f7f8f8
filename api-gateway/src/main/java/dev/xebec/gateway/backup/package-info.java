/**
 * Backups of the whole store, taken and put back while clients work. Start reading at {@link dev.xebec.gateway.backup.BackupPath}.
 */
@NullMarked
package dev.xebec.gateway.backup;

import org.jspecify.annotations.NullMarked;
