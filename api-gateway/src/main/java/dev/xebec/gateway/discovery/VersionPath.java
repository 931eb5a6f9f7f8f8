package dev.xebec.gateway.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.xebec.contracts.Bytes;
import dev.xebec.gateway.request.Answer;
import dev.xebec.gateway.request.Call;
import dev.xebec.model.object.Json;

/** {@code /version}: the Kubernetes version whose API is served. Clients decide by it what they may use. */
final class VersionPath extends ReadOnly {
    static final String MAJOR = "1";
    static final String MINOR = "37";
    /** A semantic version, as Helm and others parse it; what is ours stands in its build part. */
    static final String GIT_VERSION = "v" + MAJOR + "." + MINOR + ".0+xebec";

    /** Indented whoever asks. Source: apiserver {@code server/routes/version.go}. */
    private final Answer answer = Answer.json(200, Bytes.utf8(tree().toPrettyString().replace("\" : ", "\": ")));

    private static ObjectNode tree() {
        return Json.object().put("major", MAJOR).put("minor", MINOR).put("emulationMajor", MAJOR)
                .put("emulationMinor", MINOR).put("minCompatibilityMajor", MAJOR)
                .put("minCompatibilityMinor", Integer.toString(Integer.parseInt(MINOR) - 1))
                .put("gitVersion", GIT_VERSION)
                .put("gitCommit", "").put("gitTreeState", "clean").put("buildDate", "1970-01-01T00:00:00Z")
                .put("goVersion", "").put("compiler", "javac").put("platform", platform());
    }

    private static String platform() {
        String machine = System.getProperty("os.arch", "");
        return "linux/" + (machine.equals("aarch64") ? "arm64" : machine);
    }

    @Override
    Answer read(Call call) {
        return answer;
    }

    @Override
    Answer atHand(Call call) {
        return answer;
    }
}
