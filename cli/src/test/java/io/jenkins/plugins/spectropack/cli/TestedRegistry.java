package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.RequestLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A registry of some kind, as tests that hold for every kind need it; packs go below the base {@code acme}. */
interface TestedRegistry extends AutoCloseable {

    /** The kinds. */
    enum Kind {
        ECR {
            @Override
            TestedRegistry start() throws IOException {
                return new Ecr(EcrSandbox.builder().start());
            }
        },
        BASIC {
            @Override
            TestedRegistry start() throws IOException {
                return new Oci(OciSandbox.start(OciBehaviour.DISTRIBUTION));
            }
        },
        BEARER {
            @Override
            TestedRegistry start() throws IOException {
                OciSandbox sandbox = OciSandbox.start(OciBehaviour.HARBOR);
                sandbox.addProject("acme");
                return new Oci(sandbox);
            }
        };

        abstract TestedRegistry start() throws IOException;
    }

    CommandRun.Setup command(CommandRun.Setup setup);

    /** What to give to {@code publish} beside the packs. */
    List<String> options();

    String host();

    RequestLog requests();

    void fault(int times, Predicate<Request> when, Fault fault);

    Map<String, String> tags(String repository);

    void createRepository(String name);

    String pushArchive(String repository, String version, Path archive) throws IOException;

    void redirectBlobs();

    /** What must never be seen. */
    List<String> secrets();

    @Override
    void close();

    /** ECR. */
    record Ecr(EcrSandbox sandbox) implements TestedRegistry {
        @Override
        public CommandRun.Setup command(CommandRun.Setup setup) {
            return setup.with(sandbox.environment());
        }

        @Override
        public List<String> options() {
            return List.of("--repository-name", "acme");
        }

        @Override
        public String host() {
            return sandbox.registryHost();
        }

        @Override
        public RequestLog requests() {
            return sandbox.requests();
        }

        @Override
        public void fault(int times, Predicate<Request> when, Fault fault) {
            sandbox.fault(times, when, fault);
        }

        @Override
        public Map<String, String> tags(String repository) {
            return sandbox.repository(repository).isPresent() ? sandbox.tags(repository) : Map.of();
        }

        @Override
        public void createRepository(String name) {
            sandbox.createRepository(name, false);
        }

        @Override
        public String pushArchive(String repository, String version, Path archive) throws IOException {
            return sandbox.pushArchive(repository, version, archive);
        }

        @Override
        public void redirectBlobs() {
            sandbox.redirectBlobs(true);
        }

        @Override
        public List<String> secrets() {
            List<String> secrets = new ArrayList<>(sandbox.issuedPasswords());
            secrets.add(sandbox.secretAccessKey());
            return secrets;
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }

    /** Any other registry. */
    record Oci(OciSandbox sandbox) implements TestedRegistry {
        @Override
        public CommandRun.Setup command(CommandRun.Setup setup) {
            return setup.input(sandbox.password() + "\n");
        }

        @Override
        public List<String> options() {
            return List.of(
                    "--registry-url",
                    sandbox.uri().toString(),
                    "--username",
                    sandbox.username(),
                    "--password-stdin",
                    "--repository-name",
                    "acme");
        }

        @Override
        public String host() {
            return sandbox.host();
        }

        @Override
        public RequestLog requests() {
            return sandbox.requests();
        }

        @Override
        public void fault(int times, Predicate<Request> when, Fault fault) {
            sandbox.fault(times, when, fault);
        }

        @Override
        public Map<String, String> tags(String repository) {
            return sandbox.tags(repository);
        }

        @Override
        public void createRepository(String name) {
            sandbox.createRepository(name);
        }

        @Override
        public String pushArchive(String repository, String version, Path archive) throws IOException {
            return sandbox.pushArchive(repository, version, archive);
        }

        @Override
        public void redirectBlobs() {
            sandbox.redirectBlobs(true);
        }

        @Override
        public List<String> secrets() {
            return sandbox.secrets();
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
