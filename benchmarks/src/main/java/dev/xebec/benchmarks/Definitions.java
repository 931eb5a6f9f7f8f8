package dev.xebec.benchmarks;

/** The CustomResourceDefinitions that loads create: about the size of ordinary ones. */
final class Definitions {
    static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final int PARTS = 10;
    private static final int FIELDS = 8;

    private Definitions() {}

    static String group(long number, int groups) {
        return "g" + number % groups + ".benchmark.example.com";
    }

    static String plural(String run, long number) {
        return run + "x" + number + "s";
    }

    /** One served version, about 100 nodes of schema: defaults, patterns, a list map of conditions, a rule in CEL. */
    static String definition(String run, long number, int groups) {
        String plural = plural(run, number);
        return """
                {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"%1$s.%2$s"},
                "spec":{"group":"%2$s","scope":"Namespaced","names":{"plural":"%1$s","singular":"%3$s","kind":"%4$s",
                "listKind":"%4$sList"},"versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},
                "additionalPrinterColumns":[{"name":"Ready","type":"string",
                "jsonPath":".status.conditions[?(@.type==\\"Ready\\")].status"}],
                "schema":{"openAPIV3Schema":{"type":"object","description":"One of many kinds.","properties":{
                "apiVersion":{"type":"string"},"kind":{"type":"string"},"metadata":{"type":"object"},
                "spec":{"type":"object","x-kubernetes-validations":[{"rule":"!has(self.part0) || size(self.part0.field0) < 64"}],
                "properties":{%5$s}},"status":{"type":"object","properties":{"conditions":{"type":"array",
                "x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["type"],"items":{"type":"object",
                "required":["type"],"properties":{"type":{"type":"string"},"status":{"type":"string"},
                "reason":{"type":"string"},"message":{"type":"string"},
                "lastTransitionTime":{"type":"string","format":"date-time"}}}}}}}}}}]}}"""
                .formatted(plural, group(number, groups), plural.substring(0, plural.length() - 1), "K" + plural,
                        parts());
    }

    private static String parts() {
        StringBuilder parts = new StringBuilder();
        for (int part = 0; part < PARTS; part++) {
            parts.append(part == 0 ? "" : ",").append("\"part").append(part).append("\":{\"type\":\"object\","
                    + "\"description\":\"A part of what is wanted, described in a sentence or so.\",\"properties\":{");
            for (int field = 0; field < FIELDS; field++) {
                parts.append(field == 0 ? "" : ",").append("\"field").append(field).append("\":{\"type\":\"string\","
                        + "\"maxLength\":100,\"description\":\"What this field is for, in a sentence of ordinary length.\""
                        + (field == 0 ? ",\"default\":\"d\"" : "") + "}");
            }
            parts.append("}}");
        }
        return parts.toString();
    }
}
