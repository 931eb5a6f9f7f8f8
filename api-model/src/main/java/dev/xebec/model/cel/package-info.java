/**
 * Rules in CEL with the libraries that Kubernetes adds: the rules of custom resources' schemas, and match conditions of
 * webhooks. Expressions are compiled once, evaluated by any number of threads, and stopped when they cost too much.
 * Nothing here is loaded before there is an expression. Start reading at {@link dev.xebec.model.cel.SchemaRules} and
 * {@link dev.xebec.model.cel.Conditions}; {@link dev.xebec.model.cel.Filter} judges what is no object of Kubernetes.
 */
@NullMarked
package dev.xebec.model.cel;

import org.jspecify.annotations.NullMarked;
