package dev.xebec.model.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one version of a custom resource has beyond what every kind has.
 *
 * @param openApiSchema {@code spec.versions[].schema.openAPIV3Schema} of the definition; read-only
 * @param conversion {@code spec.conversion} of the definition; read-only
 */
public record CustomType(ObjectNode openApiSchema, ObjectNode conversion) {}
