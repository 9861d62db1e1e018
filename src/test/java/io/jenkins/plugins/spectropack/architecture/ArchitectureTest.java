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

    private static final String[] ENGINE = {
        ROOT + "pack..", ROOT + "palette..", ROOT + "publish..", ROOT + "registry..", ROOT + "util.."
    };

    @ArchTest
    static final ArchRule ENGINE_IS_FREE_OF_JENKINS = noClasses()
            .that()
            .resideInAnyPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..");

    @ArchTest
    static final ArchRule ENGINE_DOES_NOT_KNOW_ITS_FRONT_DOORS = noClasses()
            .that()
            .resideInAnyPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.jenkins.plugins.spectropack", ROOT + "cli..", ROOT + "sandbox..");

    @ArchTest
    static final ArchRule PACK_KNOWS_NO_OTHER_ROOM = noClasses()
            .that()
            .resideInAPackage(ROOT + "pack..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "palette..", ROOT + "publish..", ROOT + "registry..", "land.oras..", "software.amazon..");

    @ArchTest
    static final ArchRule REGISTRY_KNOWS_NO_OTHER_ROOM = noClasses()
            .that()
            .resideInAPackage(ROOT + "registry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "pack..", ROOT + "palette..", ROOT + "publish..");

    @ArchTest
    static final ArchRule PALETTE_KNOWS_NO_OTHER_ROOM = noClasses()
            .that()
            .resideInAPackage(ROOT + "palette..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "pack..", ROOT + "publish..", ROOT + "registry..", "land.oras..", "software.amazon..");

    @ArchTest
    static final ArchRule WHAT_ALL_SHARE_KNOWS_NO_ROOM = noClasses()
            .that()
            .resideInAPackage(ROOT + "util..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "pack..",
                    ROOT + "palette..",
                    ROOT + "publish..",
                    ROOT + "registry..",
                    "land.oras..",
                    "software.amazon..");

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
            .resideInAnyPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk.http.apache..", "software.amazon.awssdk.http.urlconnection..");
}
