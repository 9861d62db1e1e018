package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The command in a process of its own, as a user runs it.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int code, String out, String err) {

    /** How to run it. */
    static final class Setup {
        private final Path folder;
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> options = new ArrayList<>();
        private final List<String> before = new ArrayList<>();
        private String input = "";

        private Setup(Path folder) {
            this.folder = folder;
            // Nothing of the machine that the test runs on.
            environment.put("AWS_CONFIG_FILE", "/dev/null");
            environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
            environment.put("AWS_EC2_METADATA_DISABLED", "true");
        }

        Setup with(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        Setup with(String variable, String value) {
            return with(Map.of(variable, value));
        }

        Setup without(String variable) {
            environment.remove(variable);
            return this;
        }

        Setup java(String... javaOptions) {
            options.addAll(Arrays.asList(javaOptions));
            return this;
        }

        /** Puts another command before it, such as {@code setpriv}. */
        Setup through(String... command) {
            before.addAll(Arrays.asList(command));
            return this;
        }

        /** What the command finds on its standard input. */
        Setup input(String text) {
            input = text;
            return this;
        }

        CommandRun run(String... arguments) throws InterruptedException {
            Process process = start(arguments);
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            return new CommandRun(process.waitFor(), out.join(), err.join());
        }

        Process start(String... arguments) {
            List<String> command = new ArrayList<>(before);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            // Dozens of short processes, on few cores.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
            command.addAll(options);
            command.add("-cp");
            command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
            command.add(SpectroPack.class.getName());
            command.addAll(Arrays.asList(arguments));
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("AWS_")
                            || name.equals("PALETTE_API_KEY")
                            || name.equals("SOURCE_DATE_EPOCH"));
            builder.environment().putAll(environment);
            Process process;
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            try (OutputStream stream = process.getOutputStream()) {
                stream.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // A command that asks for no input may have ended already.
            }
            return process;
        }
    }

    static Setup in(Path folder) {
        return new Setup(folder);
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both streams. */
    String output() {
        return out + err;
    }

    CommandRun succeeds() {
        assertThat(code).as(output()).isZero();
        return this;
    }

    /** The exit code, and an explanation that is not a stack trace. */
    CommandRun fails(int expected) {
        assertThat(code).as(output()).isEqualTo(expected);
        assertThat(output()).doesNotContain("\tat ").doesNotContain("Caused by");
        return this;
    }
}
