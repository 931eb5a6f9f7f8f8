/** Backups of a running cluster in files. Start reading at {@link dev.xebec.server.backup.BackupFile}. */
@NullMarked
package dev.xebec.server.backup;

import org.jspecify.annotations.NullMarked;
