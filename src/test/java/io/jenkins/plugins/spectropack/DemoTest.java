package io.jenkins.plugins.spectropack;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.GroovyShell;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Jenkins that {@code mvn -Pdemo} starts. */
class DemoTest {

    private static final Path SCRIPT = Path.of("src/demo/init.groovy.d/demo.groovy");

    @Test
    @WithJenkins
    void bothJobsPublishTheExamples(JenkinsRule jenkins) throws Exception {
        URI first;
        try (EcrSandbox sandbox = prepare(jenkins, 0)) {
            first = sandbox.endpoint();
            jenkins.buildAndAssertSuccess(jenkins.jenkins.getItemByFullName("freestyle", FreeStyleProject.class));
            assertThat(sandbox.tags("spectro-oci-registry/spectro-packs/archive/hello-chart"))
                    .hasSize(1);
            WorkflowJob pipeline = jenkins.jenkins.getItemByFullName("pipeline", WorkflowJob.class);
            jenkins.assertLogContains("3 packs: 3 unchanged.", jenkins.buildAndAssertSuccess(pipeline));
        }
        try (EcrSandbox sandbox = prepare(jenkins, first.getPort())) {
            jenkins.buildAndAssertSuccess(jenkins.jenkins.getItemByFullName("freestyle", FreeStyleProject.class));
            assertThat(sandbox.repositories()).hasSize(4);
        }
    }

    private static EcrSandbox prepare(JenkinsRule jenkins, int port) throws Exception {
        System.setProperty(
                "spectropack.demo.classes", Path.of("target/test-classes").toString());
        System.setProperty("spectropack.demo.examples", "examples");
        System.setProperty("spectropack.demo.port", String.valueOf(port));
        try {
            return (EcrSandbox)
                    new GroovyShell(jenkins.jenkins.getPluginManager().uberClassLoader).evaluate(SCRIPT.toFile());
        } finally {
            List.of("classes", "examples", "port").forEach(name -> System.clearProperty("spectropack.demo." + name));
        }
    }

    /** All that the hpi holds comes from this folder and from the libraries that the POM lists. */
    @Test
    void nothingOfItIsInThePlugin() throws Exception {
        Path classes = Path.of(EcrRegistry.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(files.map(classes::relativize).map(Path::toString))
                    .anyMatch(file -> file.endsWith("EcrRegistry.class"))
                    .noneMatch(file -> file.contains("sandbox") || file.contains("demo") || file.endsWith(".groovy"));
        }
    }
}
