package io.jenkins.plugins.spectropack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What lets one engine serve Jenkins and the command line. */
@AnalyzeClasses(packages = "io.jenkins.plugins.spectropack", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "io.jenkins.plugins.spectropack.";

    @ArchTest
    static final ArchRule ENGINE_IS_FREE_OF_JENKINS = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "pack..", ROOT + "registry..", ROOT + "publish..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..");

    @ArchTest
    static final ArchRule ENGINE_DOES_NOT_KNOW_ITS_FRONT_DOORS = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "pack..", ROOT + "registry..", ROOT + "publish..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.jenkins.plugins.spectropack", ROOT + "cli..", ROOT + "sandbox..");

    @ArchTest
    static final ArchRule PACK_KNOWS_NEITHER_REGISTRY_NOR_PUBLISH = noClasses()
            .that()
            .resideInAPackage(ROOT + "pack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "registry..", ROOT + "publish..", "land.oras..", "software.amazon..");

    @ArchTest
    static final ArchRule REGISTRY_KNOWS_NEITHER_PACK_NOR_PUBLISH = noClasses()
            .that()
            .resideInAPackage(ROOT + "registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "pack..", ROOT + "publish..");

    @ArchTest
    static final ArchRule ONE_CLASS_USES_THE_ORAS_SDK = noClasses()
            .that()
            .resideInAPackage("io.jenkins.plugins.spectropack..")
            .and()
            .haveNameNotMatching(".*\\.OrasPush(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("land.oras..");

    @ArchTest
    static final ArchRule HTTP_CLIENTS_ARE_HANDED_IN = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "pack..", ROOT + "registry..", ROOT + "publish..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk.http.apache..", "software.amazon.awssdk.http.urlconnection..");
}
