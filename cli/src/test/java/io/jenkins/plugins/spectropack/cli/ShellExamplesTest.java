package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.cli.author.TestChart;
import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import io.jenkins.plugins.spectropack.sandbox.TunnelProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shell examples of README and docs run, each in a folder where the packs and files that they name exist. The path holds
 * only commands that are known here, so an example that uses another one fails.
 */
class ShellExamplesTest {

    private static final Path ROOT = Project.ROOT;
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final URI HARBOR = URI.create("https://harbor.example.com");

    /** What an example that only has Palette sync takes for granted. */
    private static final Example PUBLISHED_BEFORE = new Example(Path.of("README.md"), "sh", """
            export AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... AWS_DEFAULT_REGION=us-east-1
            cli/spectro-pack publish --repository-name spectro-oci-registry my-pack
            """);

    /** A fenced block. */
    private record Example(Path text, String language, String content) {
        @Override
        public String toString() {
            return text.getFileName() + ": " + content.strip().lines().reduce("", (before, line) -> line);
        }
    }

    @TempDir
    private Path folder;

    @Started
    private EcrSandbox ecr;

    @Started(accountId = "111111111111")
    private EcrSandbox staging;

    @Started(accountId = "222222222222")
    private EcrSandbox production;

    private OciSandbox harbor;

    @Started
    private PaletteSandbox palette;

    private TunnelProxy proxy;
    private final Map<String, String> environment = new TreeMap<>();

    private static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        List<Path> texts = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(texts::add);
        }
        for (Path text : texts) {
            Matcher block = BLOCK.matcher(Files.readString(text));
            while (block.find()) {
                examples.add(new Example(text, block.group(1), block.group(2)));
            }
        }
        return examples;
    }

    private static List<Example> shellExamples() throws IOException {
        return examples().stream()
                .filter(example -> example.language().equals("sh"))
                .toList();
    }

    @BeforeEach
    void prepare() throws Exception {
        TestCertificate certificate = TestCertificate.create(folder, HARBOR.getHost());
        Files.writeString(folder.resolve("profiles"), profile("staging", staging) + profile("production", production));
        harbor = OciSandbox.start(OciBehaviour.HARBOR, certificate.serverContext(), HARBOR);
        harbor.addProject("spectro-oci-registry");
        palette.addRegistry("my-ecr", ecr, "spectro-oci-registry");
        proxy = TunnelProxy.to(harbor.uri());

        for (String pack : List.of("my-pack", "packs/one", "packs/two")) {
            SamplePacks.write(folder.resolve(pack), Path.of(pack).getFileName().toString(), "1.0.0");
        }
        Files.writeString(folder.resolve("password-file"), harbor.password() + "\n");

        environment.put("PATH", folder.resolve("bin").toString());
        environment.put("HTTPS_PROXY", proxy.uri().toString());
        environment.put("AWS_ENDPOINT_URL_ECR", ecr.endpoint().toString());
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("profiles").toString());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        command("bin/tar", installed("tar \"$@\""));
        spectroPack(certificate);
        otherCommands();
        manualProcedure();
    }

    /** The launcher builds before it runs, so this is what it runs in the end, with keys for the dots of an example. */
    private void spectroPack(TestCertificate certificate) throws IOException {
        List<String> java = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        java.add("-XX:TieredStopAtLevel=1");
        java.addAll(certificate.trustingJava());
        java.add("-Dspectropack.home=" + ROOT);
        java.add("-D" + Limits.PROPERTY + "="
                + Limits.DEFAULT.withPoll(Duration.ofMillis(50)).toProperty());
        java.add("-cp");
        java.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        java.add(SpectroPack.class.getName());
        String palette =
                "case \"$*\" in *--palette-registry*) set -- \"$@\" --palette-url " + this.palette.uri() + " ;; esac\n";
        String accounts = "case \"$*\" in *--from-profile*) set -- \"$@\" --from-endpoint-url " + staging.endpoint()
                + " --to-endpoint-url " + production.endpoint() + " ;; esac\n";
        command("cli/spectro-pack", keys() + palette + accounts + "exec '" + String.join("' '", java) + "' \"$@\"");
    }

    private static String profile(String name, EcrSandbox account) {
        return "[" + name + "]\naws_access_key_id=" + account.accessKeyId() + "\naws_secret_access_key="
                + account.secretAccessKey() + "\n";
    }

    private static String replaceDots(String variable, String value) {
        return "[ \"${" + variable + ":-}\" != ... ] || export " + variable + "='" + value + "'\n";
    }

    private void otherCommands() throws IOException {
        helm();
        // What these do is tested by itself; the examples must only be spelled right.
        command("cli/benchmark", "[ $# = 0 ]");
        command("bin/mvn", """
                case "$*" in
                  '-f cli/pom.xml verify' | '-f cli/pom.xml test -Dtest='*' -Dreliability.update=true') ;;
                  *) echo "mvn $* is not known" >&2; exit 64 ;;
                esac""");
        String openssl = "s_client -connect '" + harbor.host() + "' -showcerts";
        command(
                "bin/openssl",
                "[ \"$*\" = 's_client -connect harbor.example.com:443 -showcerts' ] || exit 64\n"
                        + (Shell.has("openssl") ? installed("openssl " + openssl) : ""));
    }

    /** Fetches charts that are made here, two versions of one. */
    private void helm() throws IOException {
        for (String version : List.of("0.1.0", "0.2.0")) {
            new TestChart("hello", version)
                    .values("image: docker.io/library/nginx:" + version + "\n")
                    .archive(Files.createDirectories(folder.resolve("pulled")).resolve("hello-" + version + ".tgz"));
        }
        command("bin/helm", """
                case "$*" in
                  'pull hello --repo https://charts.example.com --version 0.'[12].0)
                    exec /bin/cp "$0/../../pulled/hello-$6.tgz" . ;;
                  *) exit 64 ;;
                esac""".replace("$0/../..", folder.toString()));
    }

    /** The documented procedure by hand: {@code aws} against the fake where it is installed, {@code oras} checks its arguments. */
    private void manualProcedure() throws IOException {
        command(
                "bin/aws",
                keys()
                        + (Shell.has("aws")
                                ? installed("aws --endpoint-url \"$AWS_ENDPOINT_URL_ECR\" \"$@\"")
                                : "echo aws \"$@\""));
        String host = ecr.accountId() + ".dkr.ecr." + ecr.region() + ".amazonaws.com";
        command("bin/oras", """
                case "$*" in
                  'login --username AWS --password-stdin HOST') read -r password && [ -n "$password" ] ;;
                  'push HOST/spectro-oci-registry/spectro-packs/archive/my-pack:1.0.0 my-pack-1.0.0.tar.gz') [ -f "$3" ] ;;
                  *) exit 64 ;;
                esac""".replace("HOST", host));
    }

    private static String installed(String command) {
        return "exec /usr/bin/env PATH='" + System.getenv("PATH") + "' " + command;
    }

    private String keys() {
        return replaceDots("AWS_ACCESS_KEY_ID", ecr.accessKeyId())
                + replaceDots("AWS_SECRET_ACCESS_KEY", ecr.secretAccessKey())
                + replaceDots("PALETTE_API_KEY", palette.apiKey());
    }

    private void command(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        harbor.close();
    }

    @ParameterizedTest
    @MethodSource("shellExamples")
    void exampleRuns(Example example) throws IOException {
        boolean publishes = example.content().contains("spectro-pack publish");
        boolean syncs = example.content().contains("spectro-pack sync");
        if (syncs && !publishes) {
            run(PUBLISHED_BEFORE);
        }

        boolean copies = example.content().contains("--from-profile staging");
        if (copies) {
            run(new Example(
                    example.text(),
                    "sh",
                    "cli/spectro-pack publish --registry 111111111111.dkr.ecr.us-east-1.amazonaws.com/staging"
                            + " --profile staging --endpoint-url " + staging.endpoint() + " my-pack"));
        }
        boolean imports = example.content().contains("--from bundle:");
        if (imports) {
            run(new Example(
                    example.text(),
                    "sh",
                    "cli/spectro-pack publish --registry bundle:air-gapped.tar my-pack packs/one"));
        }
        if (example.content().contains("spectro-pack bump")) {
            run(firstExample("spectro-pack init"));
        }

        String output = run(example);

        if (copies) {
            assertThat(output).contains("PUBLISHED ");
            assertThat(production.repositories()).hasSize(2);
        }
        if (imports) {
            assertThat(output.lines())
                    .filteredOn(line -> line.startsWith("PUBLISHED "))
                    .hasSize(2);
            assertThat(harbor.repositories()).hasSize(3);
        }
        if (syncs) {
            assertThat(output.lines()).contains("LISTED my-pack:1.0.0");
        }
        if (publishes) {
            assertThat(output).contains("PUBLISHED ");
            boolean elsewhere = example.content().contains(HARBOR.toString());
            assertThat(harbor.repositories()).hasSize(elsewhere ? 2 : 0);
            assertThat(ecr.repositories().isEmpty()).isEqualTo(elsewhere);
            assertThat(proxy.tunnels().contains(HARBOR.getHost() + ":443")).isEqualTo(elsewhere);
        }
        if (example.content().contains("aws ecr create-repository") && Shell.has("aws")) {
            assertThat(ecr.repositories()).hasSize(2);
        }
    }

    private static Example firstExample(String command) throws IOException {
        return shellExamples().stream()
                .filter(example -> example.content().contains(command))
                .findFirst()
                .orElseThrow();
    }

    private String run(Example example) {
        Shell.run(folder, List.of("/bin/bash", "-n", "-c", example.content()));
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("/bin/bash", "-euo", "pipefail", "-c", example.content()));
        return Shell.run(folder, command);
    }

    @Test
    void everyBlockIsOfALanguageThatATestRuns() throws IOException {
        assertThat(shellExamples()).hasSizeGreaterThan(3);
        assertThat(examples()).extracting(Example::language).containsOnly("sh", "groovy", "yaml", "");
        assertThat(examples().stream().filter(example -> example.language().isEmpty()))
                .as("a tree of folders, a synopsis and two logs")
                .extracting(example -> example.text().getFileName().toString())
                .containsExactly("architecture.md", "command-line.md", "palette.md", "user-guide.md");
    }
}
