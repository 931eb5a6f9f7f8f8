package dev.xebec.model.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.model.kind.Kind;
import dev.xebec.model.object.Json;
import dev.xebec.model.yaml.YamlDecoder;
import java.nio.charset.StandardCharsets;

/** Definitions and objects for tests, from YAML. */
public final class Definitions {

    private Definitions() {}

    public static ObjectNode yaml(String text) {
        return YamlDecoder.decode(text.getBytes(StandardCharsets.UTF_8));
    }

    public static ObjectNode json(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A definition of Ships with the given openAPIV3Schema, both subresources and one version. */
    public static ObjectNode ship(ObjectNode schema) {
        ObjectNode definition = yaml("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: ships.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: ships, singular: ship, kind: Ship, listKind: ShipList}
                  conversion: {strategy: None}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {}
                    subresources:
                      status: {}
                      scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
                """);
        ((ObjectNode) definition.at("/spec/versions/0/schema")).set("openAPIV3Schema", schema);
        return definition;
    }

    /** The kind whose {@code spec} has the given schema. */
    public static Kind kindWithSpec(String specSchema) {
        ObjectNode schema = yaml("type: object\nproperties: {}");
        ((ObjectNode) schema.get("properties")).set("spec", yaml(specSchema));
        return CustomResourceKinds.of(ship(schema)).get(0);
    }

    /** A Ship with the given spec. */
    public static ObjectNode object(String spec) {
        ObjectNode object = yaml("apiVersion: example.com/v1\nkind: Ship\nmetadata: {name: a, namespace: b, uid: u}");
        object.set("spec", yaml("spec: " + spec).get("spec"));
        return object;
    }
}
