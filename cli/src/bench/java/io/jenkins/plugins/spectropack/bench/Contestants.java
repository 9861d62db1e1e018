package io.jenkins.plugins.spectropack.bench;

import io.jenkins.plugins.spectropack.cli.LauncherOptions;
import io.jenkins.plugins.spectropack.sandbox.DockerRegistry;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is compared, each as whole processes, the Java virtual machine's start included.
 *
 * @param root of the source tree
 * @param work where files may be left
 */
record Contestants(Path root, Path work) {

    /** {@code spectro-pack publish} of all packs in a folder, to ECR. */
    Timed publish(EcrSandbox ecr, String base, Path folder) throws IOException, InterruptedException {
        return Timed.run(folder, ecr.environment(), spectroPack("publish", "--repository-name", base, "*"));
    }

    /** {@code spectro-pack publish} of all packs in a folder, straight to a registry. */
    Timed publish(DockerRegistry registry, String base, Path folder, String... variable)
            throws IOException, InterruptedException {
        List<String> command = spectroPack("publish", "--registry", registry.uri() + "/" + base);
        registry.caCertificate().ifPresent(file -> command.addAll(List.of("--ca-cert", file.toString())));
        command.add("*");
        return measured(registry, () -> Timed.run(folder, variables(variable), command));
    }

    /** {@code spectro-pack copy} of all packs. */
    Timed copy(DockerRegistry source, String from, DockerRegistry target, String to, String... variable)
            throws IOException, InterruptedException {
        return Timed.run(
                work,
                variables(variable),
                spectroPack("copy", "--from", source.uri() + "/" + from, "--to", target.uri() + "/" + to, "--all"));
    }

    Timed version() throws IOException, InterruptedException {
        return Timed.run(work, Map.of(), spectroPack("--version"));
    }

    /** A Java program that prints one line, started as the launcher starts Java, and as nobody has told it anything. */
    Timed oneLine() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("java"));
        command.addAll(LauncherOptions.of(root.resolve("cli/spectro-pack")));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path").split(System.getProperty("path.separator"))[0],
                OneLine.class.getName()));
        return Timed.run(work, Map.of(), command);
    }

    /** The documented procedure in a loop. */
    Timed documented(EcrSandbox ecr, String base, List<Path> folders) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(ecr.environment());
        environment.put("AWS_ENDPOINT_URL_ECR", ecr.endpoint().toString());
        return Timed.run(work, environment, loop("manual-procedure", ecr.registryHost(), base, folders));
    }

    /** The same without AWS' command line, straight to a registry. */
    Timed plain(DockerRegistry registry, String base, List<Path> folders) throws IOException, InterruptedException {
        Map<String, String> trust = registry.caCertificate()
                .map(file -> Map.of("CURL_CA_BUNDLE", file.toString()))
                .orElseGet(Map::of);
        List<String> command = loop("plain-loop", registry.uri().toString(), base, folders);
        return measured(registry, () -> Timed.run(work, trust, command));
    }

    /** One {@code skopeo copy} for each pack, which are listed before. */
    Timed skopeo(DockerRegistry source, DockerRegistry target) throws IOException, InterruptedException {
        Timed list = Timed.run(work, Map.of(), spectroPack("list", "--registry", source.uri() + "/packs"));
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "from=$1; to=$2; shift 2; for pack; do skopeo copy --quiet --preserve-digests --src-tls-verify=false"
                        + " --dest-tls-verify=false \"docker://$from/$pack\" \"docker://$to/$pack\" || exit 1; done",
                "sh",
                source.host() + "/packs/spectro-packs/archive",
                target.host() + "/by-hand/spectro-packs/archive"));
        list.out().lines().map(line -> line.substring(0, line.indexOf(' '))).forEach(command::add);
        return Timed.run(work, Map.of(), command);
    }

    /** A line of shell; the argument is its {@code $1}. */
    Timed shell(String script, Path argument) throws IOException, InterruptedException {
        return Timed.run(work, Map.of(), List.of("sh", "-c", script, "sh", argument.toString()));
    }

    private List<String> spectroPack(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(root.resolve("cli/spectro-pack").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> loop(String script, String registry, String base, List<Path> folders) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                root.resolve("cli/src/bench/" + script).toString(),
                registry,
                base,
                Files.createTempDirectory(work, "loop").toString()));
        folders.forEach(folder -> command.add(folder.toString()));
        return command;
    }

    private static Map<String, String> variables(String... variable) {
        return variable.length > 0 ? Map.of(variable[0], variable[1]) : Map.of();
    }

    @FunctionalInterface
    private interface Run {
        Timed get() throws IOException, InterruptedException;
    }

    private static Timed measured(DockerRegistry registry, Run run) throws IOException, InterruptedException {
        Duration before = registry.processorTime();
        Timed timed = run.get();
        return timed.withRegistry(registry.processorTime().minus(before));
    }
}
