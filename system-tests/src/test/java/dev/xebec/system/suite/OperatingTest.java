package dev.xebec.system.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.xebec.system.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code docs/operate} says of metrics, alerts and the dashboard, held against each other and against a live process. */
@Timeout(300)
@ExtendWith(SharedCluster.class)
class OperatingTest {
    private static final Path FOLDER = Path.of("..", "docs", "operate");
    private static final Pattern NAMED = Pattern.compile("`([a-z]+_[a-z_]+)`");
    private static final Pattern USED = Pattern
            .compile("\\b((?:xebec|apiserver|scheduler|workqueue|controller_runtime|process|jvm)_[a-z_]+)");
    private static final Pattern TYPED = Pattern.compile("(?m)^# TYPE (\\S+)");
    private static final Pattern PAGE = Pattern.compile("runbook_url: (\\S+)");

    @Test
    void everyMetricOfALiveProcessIsDescribed(TestCluster cluster) throws Exception {
        String live;
        try (KubernetesClient client = cluster.client()) {
            live = client.raw("/metrics");
        }
        assertThat(found(TYPED, live)).isNotEmpty().isSubsetOf(described());
    }

    @Test
    void theDashboardAsksForMetricsThatThereAre() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(FOLDER.resolve("dashboard.json").toFile());
        List<String> questions = new ArrayList<>();
        dashboard.path("panels").forEach(panel -> panel.path("targets")
                .forEach(target -> questions.add(target.path("expr").asText())));
        assertThat(questions).isNotEmpty().doesNotContain("");
        assertThat(used(String.join("\n", questions))).isSubsetOf(described());
    }

    @Test
    void eachAlertAsksForMetricsThatThereAreAndLeadsToAPage() throws Exception {
        String alerts = Files.readString(FOLDER.resolve("alerts.yaml"));
        assertThat(used(alerts.lines().filter(line -> line.contains("expr:")).collect(Collectors.joining("\n"))))
                .isNotEmpty().isSubsetOf(described());
        assertThat(found(PAGE, alerts)).isNotEmpty()
                .allSatisfy(page -> assertThat(Path.of("..").resolve(page)).exists());
    }

    @Test
    void prometheusFiresEachAlertWhenItShouldAndNoneWhenAllIsWell() throws Exception {
        assumeTrue(CommandCases.onPath("promtool"), "promtool is not on the PATH: the alerts are not tried");
        for (String command : List.of("check rules alerts.yaml", "test rules alerts-test.yaml")) {
            List<String> words = new ArrayList<>(List.of("promtool"));
            words.addAll(List.of(command.split(" ")));
            Process promtool = new ProcessBuilder(words).directory(FOLDER.toFile()).redirectErrorStream(true).start();
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(promtool.waitFor()).as(said).isZero();
        }
    }

    private static Set<String> described() throws Exception {
        return found(NAMED, Files.readString(FOLDER.resolve("metrics.md")));
    }

    /** The parts of a histogram are its own. */
    private static Set<String> used(String questions) {
        return found(USED, questions).stream().map(name -> name.replaceAll("_(bucket|sum|count)$", ""))
                .map(name -> name.equals("apiserver_admission_webhook_rejection") ? name + "_count" : name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
