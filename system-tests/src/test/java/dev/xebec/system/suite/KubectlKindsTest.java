package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.xebec.system.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * kubectl with the least object of every kind that the cluster serves: applied by client and by server, shown, described,
 * explained and deleted, all kinds by one command. Needs {@code kubectl} on the PATH.
 */
@Timeout(600)
@ExtendWith(SharedCluster.class)
class KubectlKindsTest {
    private static final Path EXAMPLES = Path.of("..", "api-model", "src", "test", "resources", "dev", "xebec", "model",
            "facts", "minimal.yaml");
    private static final String NAMESPACE = "kubectl-kinds";
    private static final Pattern TYPE = Pattern
            .compile("apiVersion: ([^,\\s]+),?\\s+kind: ([^,\\s]+)");

    /** A row of {@code kubectl api-resources}: name, perhaps short names, group and version, scope, kind. */
    private static final Pattern ROW = Pattern.compile("(?m)^(\\S+) .*?(\\S+) +(?:true|false) +(\\S+)$");

    /** kubectl compares lists as they were sent with what has got defaults or is null, and sends them again. */
    private static final Set<String> EVER_CONFIGURED = Set.of("MutatingAdmissionPolicy", "ValidatingAdmissionPolicy",
            "EndpointSlice");

    /** Kinds of which kubectl 1.32 describes a beta version, which is not served unless it is switched on. */
    private static final Set<String> DESCRIBED_AS_BETA = Set.of("IPAddress", "ServiceCIDR", "VolumeAttributesClass");

    @TempDir
    private static Path scratch;
    private static CommandCases runner;

    @Test
    void everyKindIsAppliedShownDescribedExplainedAndDeleted(TestCluster cluster) throws Exception {
        assumeTrue(CommandCases.onPath("kubectl"), "kubectl is not on the PATH");
        runner = new CommandCases(scratch, cluster, scratch, Map.of());
        Map<String, String> served = ROW.matcher(said("kubectl api-resources --verbs=create,delete,get --no-headers"))
                .results().filter(row -> !row.group(2).contains("example.com/"))
                .collect(Collectors.toMap(row -> row.group(2) + " " + row.group(3), row -> row.group(1)));
        List<String> examples = Arrays.stream(Files.readString(EXAMPLES).split("\n---\n"))
                .filter(example -> served.containsKey(type(example))).toList();
        assertThat(examples.stream().map(KubectlKindsTest::type)).as("every kind has an example")
                .containsAll(
                        served.keySet().stream().filter(type -> type.matches("[a-z]*(/|[.a-z]*k8s.io/)?v.*")).toList());
        write("kinds.yaml", examples);
        said("kubectl create namespace " + NAMESPACE);

        Set<String> names = told("kubectl apply -f kinds.yaml", "created");
        assertThat(names).hasSameSizeAs(examples);
        int unchanging = write("unchanging.yaml", without(examples, EVER_CONFIGURED));
        assertThat(told("kubectl apply -f unchanging.yaml", "unchanged")).hasSize(unchanging);
        assertThat(told("kubectl apply --server-side --force-conflicts -f kinds.yaml", "serverside-applied"))
                .isEqualTo(names);
        assertThat(said("kubectl get -o wide --no-headers -f kinds.yaml").lines().filter(line -> !line.isBlank())
                .filter(line -> !line.startsWith("Warning: "))).as("a row of each").hasSameSizeAs(names);
        int describable = write("describable.yaml", without(examples, DESCRIBED_AS_BETA));
        assertThat(said("kubectl describe -f describable.yaml").lines().filter(line -> line.startsWith("Name:")))
                .hasSize(describable);
        explain(served);
        assertThat(said("kubectl delete --wait=false -f kinds.yaml").lines().filter(line -> line.contains(" deleted")))
                .hasSameSizeAs(names);
        TestCluster.awaitTrue("their end",
                () -> said("kubectl get --ignore-not-found -o name -f kinds.yaml").lines()
                        .allMatch(line -> line.isBlank() || line.startsWith("Warning: ")));
        said("kubectl delete namespace --wait=false " + NAMESPACE);
    }

    private static int write(String file, List<String> examples) throws Exception {
        Files.writeString(scratch.resolve(file), String.join("\n---\n", examples).replace("namespace: default",
                "namespace: " + NAMESPACE));
        return examples.size();
    }

    private static List<String> without(List<String> examples, Set<String> kinds) {
        return examples.stream().filter(example -> !kinds.contains(type(example).split(" ")[1])).toList();
    }

    /** Four at a time, because each takes one kind. */
    private static void explain(Map<String, String> resources) throws Exception {
        Files.write(scratch.resolve("types"), resources.entrySet().stream()
                .map(one -> one.getKey().split(" ")[0] + " " + one.getValue()).toList());
        assertThat(said("xargs -P 4 -L 1 sh -c 'kubectl explain --api-version=$0 $1 | grep ^KIND:' < types").lines()
                .map(line -> line.split(" +")[1]).sorted().toList())
                .isEqualTo(resources.keySet().stream().map(type -> type.split(" ")[1]).sorted().toList());
    }

    /** The first word of each line, all of which end so. */
    private static Set<String> told(String command, String ending) throws Exception {
        List<String> lines = said(command).lines().filter(line -> !line.isBlank() && !line.startsWith("Warning: "))
                .toList();
        assertThat(lines).allSatisfy(line -> assertThat(line).endsWith(ending));
        return lines.stream().map(line -> line.split(" ")[0]).collect(Collectors.toSet());
    }

    private static String said(String command) throws Exception {
        KubectlCase.Seen seen = runner.run(runner.cluster().kubeconfig(), command);
        assertThat(seen.exit()).as("%s%n%s", command, seen.output()).isZero();
        return seen.output();
    }

    private static String type(String example) {
        Matcher type = TYPE.matcher(example);
        assertThat(type.find()).as(example).isTrue();
        return type.group(1) + " " + type.group(2);
    }
}
