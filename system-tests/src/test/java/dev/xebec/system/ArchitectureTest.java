package dev.xebec.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house's rules as tests: what is pure stays pure, and services meet only in the contracts. */
class ArchitectureTest {
    private static final String[] PURE = {"dev.xebec.model..", "dev.xebec.contracts..", "dev.xebec.state.machine..",
            "dev.xebec.scheduler.scheduling..", "dev.xebec.node.pod..", "dev.xebec.events.task..",
            "dev.xebec.events.trigger.plan.."};
    private static final Set<String> AMBIENT = Set.of("java.time.Instant.now", "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime", "java.util.UUID.randomUUID", "java.lang.Math.random", "java.lang.Thread.sleep",
            "java.time.Clock.systemUTC", "java.util.concurrent.ThreadLocalRandom.current");

    private static JavaClasses ours;

    @BeforeAll
    static void read() {
        ours = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.xebec");
        assertThat(ours.size()).as("classes found").isGreaterThan(200);
    }

    @Test
    void purePackagesTouchNoWorld() {
        noClasses().that().resideInAnyPackage(PURE).should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "org.slf4j..", "java.net.http..", "java.nio.file..",
                        "java.nio.channels..", "org.rocksdb..", "org.apache.ratis..", "com.hazelcast..")
                .check(ours);
    }

    @Test
    void purePackagesTakeTimeAndChanceAsArguments() {
        noClasses().that().resideInAnyPackage(PURE).should().callMethodWhere(ambient()).check(ours);
    }

    @Test
    void controllersDecideWithoutTheWorld() {
        noClasses().that().resideInAPackage("dev.xebec.controller..").and()
                .resideOutsideOfPackage("dev.xebec.controller.service..").should().callMethodWhere(ambient())
                .check(ours);
        noClasses().that().resideInAPackage("dev.xebec.controller..").and()
                .resideOutsideOfPackage("dev.xebec.controller.service..").should().dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "org.slf4j..", "java.nio.file..").check(ours);
    }

    static Stream<String> services() {
        return Stream.of("state", "gateway", "scheduler", "controller", "node", "events");
    }

    @ParameterizedTest
    @MethodSource("services")
    void servicesMeetOnlyInTheContracts(String service) {
        String[] others = services().filter(other -> !other.equals(service)).map(other -> "dev.xebec." + other + "..")
                .toArray(String[]::new);
        noClasses().that().resideInAPackage("dev.xebec." + service + "..").should().dependOnClassesThat()
                .resideInAnyPackage(others).check(ours);
        noClasses().that().resideInAPackage("dev.xebec." + service + "..").should().dependOnClassesThat()
                .resideInAPackage("dev.xebec.server..").check(ours);
    }

    @Test
    void theModelKnowsNothingOfOurs() {
        noClasses().that().resideInAPackage("dev.xebec.model..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.xebec.contracts..", "dev.xebec.kit..").check(ours);
        noClasses().that().resideInAPackage("dev.xebec.contracts..").should().dependOnClassesThat()
                .resideInAPackage("dev.xebec.kit..").check(ours);
        noClasses().that().resideInAPackage("dev.xebec.kit..").should().dependOnClassesThat()
                .resideInAnyPackage("dev.xebec.state..", "dev.xebec.gateway..", "dev.xebec.scheduler..",
                        "dev.xebec.controller..", "dev.xebec.node..", "dev.xebec.events..", "dev.xebec.server..")
                .check(ours);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = ours.stream().map(JavaClass::getPackage).distinct()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class)).map(JavaPackage::getName).sorted().toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void namesSayWhatAThingIs() {
        classes().should().haveSimpleNameNotEndingWith("Util").andShould().haveSimpleNameNotEndingWith("Utils")
                .andShould().haveSimpleNameNotEndingWith("Helper").andShould().haveSimpleNameNotEndingWith("Manager")
                .andShould().haveSimpleNameNotEndingWith("Impl").check(ours);
    }

    private static DescribedPredicate<JavaCall<?>> ambient() {
        return DescribedPredicate.describe("asks the ambient world", call -> AMBIENT
                .contains(call.getTargetOwner().getFullName() + "." + call.getName())
                && call.getTarget().getRawParameterTypes().isEmpty()
                || call.getTargetOwner().getFullName().equals("java.lang.Thread") && call.getName().equals("sleep"));
    }
}
