/**
 * The schema of a custom resource as a tree, and what it does to objects: it prunes them, fills in defaults and judges
 * their values. Pure; uses only the object model. Start reading at {@link dev.xebec.model.structural.Structural}.
 */
@NullMarked
package dev.xebec.model.structural;

import org.jspecify.annotations.NullMarked;
