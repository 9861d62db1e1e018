package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * {@code publish} in this process, with limits that a test can wait for. A process for each of hundreds of faults would take
 * too long.
 */
final class InProcess implements AutoCloseable {

    /** Short pauses, and limits that a busy machine does not reach by itself. */
    static final Limits PATIENT = new Limits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            3,
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofMinutes(2),
            Duration.ofMillis(20));

    /** For requests that never end by themselves. */
    static final Limits HASTY = new Limits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            1,
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofMinutes(2),
            Duration.ofMillis(20));

    private final Map<String, String> before = new TreeMap<>();
    private final EcrSandbox sandbox;

    private InProcess(EcrSandbox sandbox, Path temporary, Limits limits) {
        this.sandbox = sandbox;
        set("aws.accessKeyId", sandbox.accessKeyId());
        set("aws.secretAccessKey", sandbox.secretAccessKey());
        set("java.io.tmpdir", temporary.toString());
        set(Limits.PROPERTY, limits.toProperty());
    }

    /**
     * Points this process to a sandbox until it is closed.
     *
     * @param temporary the folder for temporary files
     */
    static InProcess of(EcrSandbox sandbox, Path temporary, Limits limits) {
        return new InProcess(sandbox, temporary, limits);
    }

    private void set(String name, String value) {
        before.put(name, System.getProperty(name, ""));
        System.setProperty(name, value);
    }

    /** Publishes below {@code acme}. */
    CommandRun publish(String... arguments) {
        return publishTo(sandbox.endpoint().toString(), arguments);
    }

    /** The same with another address of the ECR API. */
    CommandRun publishTo(String endpoint, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "publish", "--repository-name", "acme", "--region", sandbox.region(), "--endpoint-url", endpoint));
        all.addAll(Arrays.asList(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = SpectroPack.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(all.toArray(String[]::new));
        CommandRun run = new CommandRun(code, out.toString(), err.toString());
        assertThat(run.output()).doesNotContain(sandbox.secretAccessKey()).doesNotContain("\tat ");
        sandbox.issuedPasswords().forEach(password -> assertThat(run.output()).doesNotContain(password));
        return run;
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value.isEmpty()) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
