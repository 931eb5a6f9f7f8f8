package dev.xebec.benchmarks;

/** The pods that loads create: about the size of ordinary ones. */
final class Pods {
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
}
