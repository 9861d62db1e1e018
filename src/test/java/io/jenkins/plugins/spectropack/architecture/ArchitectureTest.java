package io.jenkins.plugins.spectropack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** Which packages may know which: one engine, free of Jenkins, below each entry point, and no cycle anywhere. */
@AnalyzeClasses(packages = "io.jenkins.plugins.spectropack", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.spectropack.";
    private static final String ENGINE = ROOT + "engine..";

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage(ROOT + "(**)")
            .withOptionalLayers(true)
            .layer("cli")
            .definedBy(ROOT + "cli..")
            .layer("sandbox")
            .definedBy(ROOT + "sandbox..")
            .layer("step")
            .definedBy(ROOT + "step..")
            .layer("config")
            .definedBy(ROOT + "config..")
            .layer("agent")
            .definedBy(ROOT + "agent..")
            .layer("result")
            .definedBy(ROOT + "result..")
            .layer("publish")
            .definedBy(ROOT + "engine.publish..")
            .layer("pack")
            .definedBy(ROOT + "engine.pack..")
            .layer("registry")
            .definedBy(ROOT + "engine.registry..")
            .layer("palette")
            .definedBy(ROOT + "engine.palette..")
            .layer("util")
            .definedBy(ROOT + "engine.util..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("step")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("step")
            .whereLayer("agent")
            .mayOnlyBeAccessedByLayers("step", "config")
            .whereLayer("result")
            .mayOnlyBeAccessedByLayers("step")
            .whereLayer("publish")
            .mayOnlyBeAccessedByLayers("cli", "sandbox", "step", "config", "agent", "result")
            .whereLayer("pack")
            .mayOnlyBeAccessedByLayers("cli", "sandbox", "step", "config", "agent", "result", "publish")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("cli", "sandbox", "step", "config", "agent", "result", "publish")
            .whereLayer("palette")
            .mayOnlyBeAccessedByLayers("cli", "sandbox", "step", "config", "agent", "result", "publish");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(ROOT + "(**)").should().beFreeOfCycles();

    /** Build 1 has none of these classes. */
    @ArchTest
    static final ArchRule NO_CYCLES_AMONG_CLASSES_OF_THE_JENKINS_SIDE = slices().assignedFrom(new JenkinsSideClasses())
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    /** Each class with those nested in it. */
    private static final class JenkinsSideClasses implements SliceAssignment {
        private static final Set<String> PACKAGES =
                Set.of(ROOT + "step", ROOT + "config", ROOT + "agent", ROOT + "result");

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return PACKAGES.contains(type.getPackageName())
                    ? SliceIdentifier.of(type.getName().split("\\$")[0])
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "classes of the Jenkins side";
        }
    }

    @ArchTest
    static final ArchRule ENGINE_IS_FREE_OF_JENKINS = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..");

    @ArchTest
    static final ArchRule ONLY_THE_REGISTRY_SIDE_KNOWS_AWS_AND_OCI = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "engine.pack..", ROOT + "engine.palette..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("land.oras..", "software.amazon.awssdk.services..");

    @ArchTest
    static final ArchRule HTTP_CLIENTS_ARE_HANDED_IN = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk.http.apache..", "software.amazon.awssdk.http.urlconnection..");
}
