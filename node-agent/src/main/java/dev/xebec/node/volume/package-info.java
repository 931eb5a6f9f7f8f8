/**
 * Volumes: what is in them ({@link dev.xebec.node.volume.VolumeContent}, pure) and how they stand on disk. Start reading at
 * {@link dev.xebec.node.volume.PodVolumes}.
 */
@NullMarked
package dev.xebec.node.volume;

import org.jspecify.annotations.NullMarked;
