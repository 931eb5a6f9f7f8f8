/**
 * A process's configuration: flags, environment and file, read once into records. Start reading at
 * {@link dev.xebec.kit.config.Settings}.
 */
@NullMarked
package dev.xebec.kit.config;

import org.jspecify.annotations.NullMarked;
