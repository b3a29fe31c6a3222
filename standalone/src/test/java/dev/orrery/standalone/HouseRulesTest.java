package dev.orrery.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;

/** Who may import whom. This module sees everything, so the rules of the house are checked here. */
@AnalyzeClasses(packages = "dev.orrery", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String[] APPS = {
        "dev.orrery.ingest..",
        "dev.orrery.enrichment..",
        "dev.orrery.prompt..",
        "dev.orrery.llm..",
        "dev.orrery.billing.."
    };

    private static final String[] CONTRACT = {
        "dev.orrery.events..", "dev.orrery.topics..", "dev.orrery.turns..", "dev.orrery.ids.."
    };

    @ArchTest
    static void appsNeverImportEachOther(com.tngtech.archunit.core.domain.JavaClasses house) {
        for (var app : APPS) {
            var others =
                    Arrays.stream(APPS).filter(other -> !other.equals(app)).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(app)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("apps meet in topics and rows, never in code")
                    .check(house);
        }
    }

    @ArchTest
    static final ArchRule theContractStandsOnAvroAlone =
            classes()
                    .that()
                    .resideInAnyPackage(CONTRACT)
                    .should()
                    .onlyDependOnClassesThat(
                            DescribedPredicate.describe(
                                    "belong to Java, Avro, JSpecify or the contract",
                                    target ->
                                            target.isPrimitive()
                                                    || inAny(
                                                            target,
                                                            "java.",
                                                            "org.apache.avro.",
                                                            "org.jspecify.")
                                                    || inAny(
                                                            target,
                                                            "dev.orrery.events",
                                                            "dev.orrery.topics",
                                                            "dev.orrery.turns",
                                                            "dev.orrery.ids")
                                                    || target.isArray()))
                    .because("an outside consumer can take the contract alone");

    @ArchTest
    static final ArchRule thePipelineKnowsNoApp =
            noClasses()
                    .that()
                    .resideInAPackage("dev.orrery.pipeline..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(APPS)
                    .because("every worker stands on it");

    @ArchTest
    static final ArchRule renderingIsPure =
            classes()
                    .that()
                    .resideInAnyPackage(
                            "dev.orrery.pipeline.prompt..", "dev.orrery.pipeline.tool..")
                    .should()
                    .onlyDependOnClassesThat(
                            DescribedPredicate.describe(
                                    "belong to Java's base, the contract or the libraries of JSON and YAML",
                                    target ->
                                            target.isPrimitive()
                                                    || target.isArray()
                                                    || inAny(
                                                            target,
                                                            "java.lang.",
                                                            "java.math.",
                                                            "java.nio.",
                                                            "java.security.",
                                                            "java.text.",
                                                            "java.time.",
                                                            "java.util.",
                                                            "org.jspecify.",
                                                            "org.apache.avro.specific.",
                                                            "com.fasterxml.jackson.annotation.",
                                                            "org.snakeyaml.engine.",
                                                            "tools.jackson.",
                                                            "dev.orrery.events.",
                                                            "dev.orrery.ids.",
                                                            "dev.orrery.pipeline.digest.",
                                                            "dev.orrery.pipeline.prompt.",
                                                            "dev.orrery.pipeline.tool.")))
                    .because("a preview must show what the worker will render, byte for byte");

    @ArchTest
    static final ArchRule theOutsideWorldKnowsNothingOfUs =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.orrery.simulator..", "dev.orrery.embedded..")
                    .should()
                    .dependOnClassesThat(
                            DescribedPredicate.describe(
                                    "belong to Orrery proper",
                                    target ->
                                            inAny(target, "dev.orrery.")
                                                    && !inAny(
                                                            target,
                                                            "dev.orrery.simulator",
                                                            "dev.orrery.embedded")))
                    .because("two sides built from one class agree on the same mistake");

    @ArchTest
    static final ArchRule kafkaClientsStayInThePipeline =
            noClasses()
                    .that()
                    .resideInAnyPackage(APPS)
                    .or()
                    .resideInAnyPackage(CONTRACT)
                    .or()
                    .resideInAPackage("dev.orrery.simulator..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..", "reactor.kafka..", "org.springframework.kafka..")
                    .because("how topics are read and written is decided in one place");

    @ArchTest
    static final ArchRule onlyStandaloneImportsWhatIsEmbeddedOrSimulated =
            noClasses()
                    .that()
                    .resideInAnyPackage(APPS)
                    .or()
                    .resideInAPackage("dev.orrery.pipeline..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.orrery.simulator..", "dev.orrery.embedded..")
                    .because("an app runs against real servers");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.orrery.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses()
                    .should()
                    .haveSimpleNameEndingWith("Util")
                    .orShould()
                    .haveSimpleNameEndingWith("Utils")
                    .orShould()
                    .haveSimpleNameEndingWith("Helper")
                    .orShould()
                    .haveSimpleNameEndingWith("Manager")
                    .orShould()
                    .haveSimpleNameEndingWith("Impl")
                    .because("such a name says nothing");

    @ArchTest
    static final ArchRule everyPackageSaysWhatMayBeNull =
            classes()
                    .that()
                    .resideOutsideOfPackages("dev.orrery.events..", "..jmh_generated..")
                    .should(
                            new ArchCondition<>("live in a package that is @NullMarked") {
                                @Override
                                public void check(JavaClass each, ConditionEvents events) {
                                    boolean marked =
                                            each.getPackage().isAnnotatedWith(NullMarked.class);
                                    if (!marked) {
                                        events.add(
                                                SimpleConditionEvent.violated(
                                                        each,
                                                        each.getName()
                                                                + ": its package is not @NullMarked"));
                                    }
                                }
                            });

    private static boolean inAny(JavaClass target, String... prefixes) {
        return Arrays.stream(prefixes)
                .anyMatch(prefix -> (target.getPackageName() + ".").startsWith(prefix));
    }
}
