package dev.xebec.benchmarks;

/** The pods that loads create: about the size of ordinary ones. */
final class Pods {
    /** What a stored, running pod without environment takes. */
    private static final int BARE_BYTES = 1_600;

    private Pods() {}

    /** @param scheduler who shall schedule it; one that nobody is leaves it pending */
    static String plain(String name, String scheduler) {
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"benchmark","tier":"load"},
                "annotations":{"example.com/note":"made by the load generator"}},
                "spec":{"schedulerName":"%s","containers":[{"name":"main","image":"benchmark:1","command":["sleep","3600"],
                "env":[{"name":"A","value":"one"},{"name":"B","value":"two"}],
                "resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}"""
                .formatted(name, scheduler);
    }

    /**
     * A pod spec for the default scheduler, without braces around it.
     *
     * @param bytes about how large the object is stored; padded by environment variables, since real pods have many
     */
    static String spec(int bytes) {
        StringBuilder variables = new StringBuilder();
        for (int number = 0; variables.length() < bytes - BARE_BYTES; number++) {
            variables.append(number == 0 ? "" : ",").append("{\"name\":\"VARIABLE_").append(number)
                    .append("\",\"value\":\"").append("v".repeat(40)).append("\"}");
        }
        return """
                "containers":[{"name":"main","image":"benchmark:1","command":["sleep","3600"],"env":[%s],
                "resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]""".formatted(variables);
    }

    /** A pod for the default scheduler. @param bytes as in {@link #spec} */
    static String sized(String name, int bytes) {
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{"app":"benchmark"}},"spec":{%s}}"""
                .formatted(name, spec(bytes));
    }
}
