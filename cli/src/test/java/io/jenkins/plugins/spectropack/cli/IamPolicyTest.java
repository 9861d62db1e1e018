package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documented IAM policies hold the actions that the code calls, and no other. */
class IamPolicyTest {

    /** What ECR's registry asks for within an upload; its API documentation names them, its requests do not show them. */
    private static final Set<String> PARTS_OF_AN_UPLOAD = Set.of("ecr:CompleteLayerUpload", "ecr:UploadLayerPart");

    @WorkingFolder
    private Path folder;

    @Test
    void policyIsWhatIsCalled() throws Exception {
        Set<String> called = new TreeSet<>(PARTS_OF_AN_UPLOAD);
        // Tags are part of CreateRepository, but need a permission of their own.
        called.add("ecr:TagResource");
        Path pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        Files.writeString(folder.resolve("policy.json"), "{\"rules\":[]}");
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            sandbox.fault(1, Match.api("PutLifecyclePolicy"), Fault.apiError(400, "InvalidParameterException", "no"));
            publish(sandbox, "--lifecycle-policy", "policy.json").fails(ExitCode.FAILED);
            publish(sandbox, "--lifecycle-policy", "policy.json", "--resource-tag", "a=b", "--immutable-tags")
                    .succeeds();
            Files.writeString(pack.resolve("values.yaml"), "pack: {changed: true}\n");
            publish(sandbox, "--if-exists", "overwrite").fails(ExitCode.FAILED);

            sandbox.createRepository("other/spectro-packs/archive/sample", false);
            Shell.run(folder, List.of("tar", "-czf", "by-hand.tar.gz", "my-pack"));
            sandbox.pushArchive("other/spectro-packs/archive/sample", "1.0.0", folder.resolve("by-hand.tar.gz"));
            sandbox.pushArchive("other/spectro-packs/archive/sample", "1.0.1", folder.resolve("by-hand.tar.gz"));
            run(sandbox, "other").succeeds();
            Files.writeString(pack.resolve("pack.json"), SamplePacks.packJson("sample", "1.0.2"));
            run(sandbox, "other").succeeds();

            called.addAll(called(sandbox));
        }

        assertThat(called).isEqualTo(policy("iam-policy.json"));
    }

    @Test
    void dryRunNeedsWhatReadsOnly() throws Exception {
        Path pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            publish(sandbox, "--dry-run").succeeds();
            sandbox.createRepository("acme/spectro-packs/archive/sample", false);
            Shell.run(folder, List.of("tar", "-czf", "by-hand.tar.gz", "my-pack"));
            sandbox.pushArchive("acme/spectro-packs/archive/sample", "1.0.0", folder.resolve("by-hand.tar.gz"));
            publish(sandbox, "--dry-run").succeeds();
            Files.writeString(pack.resolve("values.yaml"), "pack: {changed: true}\n");
            publish(sandbox, "--dry-run", "--if-exists", "overwrite").succeeds();

            String text = Files.readString(Project.ROOT.resolve("docs/iam.md"));
            String section = text.substring(text.indexOf("## A dry run"), text.indexOf("## Copying"));
            assertThat(called(sandbox)).isEqualTo(actions(section));
        }
    }

    /** What was asked since the last time that this was asked for. */
    private static Set<String> called(EcrSandbox sandbox) {
        Set<String> called = new TreeSet<>();
        sandbox.requests().all().stream()
                .filter(request -> !request.operation().isEmpty())
                .forEach(request -> called.add("ecr:" + request.operation()));
        sandbox.requests().clear();
        return called;
    }

    private static Set<String> actions(String text) {
        return Pattern.compile("ecr:\\w+")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A row of the table of commands. */
    private static Set<String> documented(String command) throws Exception {
        return Files.readString(Project.ROOT.resolve("docs/iam.md"))
                .lines()
                .filter(line -> line.startsWith("| `" + command + " |") || line.startsWith("| `" + command + "` |"))
                .map(IamPolicyTest::actions)
                .findFirst()
                .orElseThrow();
    }

    private void command(EcrSandbox sandbox, String... arguments) throws InterruptedException {
        CommandRun.in(folder).with(sandbox.environment()).run(arguments).succeeds();
    }

    @Test
    void eachCommandNeedsWhatItsRowSaysAndThePoliciesHoldThat() throws Exception {
        Path pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            String here = sandbox.accountId() + ".dkr.ecr." + sandbox.region() + ".amazonaws.com/acme";
            publish(sandbox).succeeds();
            called(sandbox);

            command(sandbox, "list", "--registry", here);
            Set<String> read = called(sandbox);
            assertThat(read).isEqualTo(documented("list"));
            command(sandbox, "pull", "--registry", here, "sample:1.0.0");
            Set<String> pulled = called(sandbox);
            // Asked for because the host of a fake does not name its account, which those of AWS do.
            pulled.remove("ecr:DescribeRepositories");
            assertThat(pulled).isEqualTo(documented("pull"));
            command(sandbox, "copy", "--from", here, "--to", "bundle:b", "sample:1.0.0");
            command(sandbox, "copy", "--from", here, "--to", "bundle:b", "sample");
            command(sandbox, "copy", "--from", here, "--to", "bundle:b", "--all");
            read.addAll(called(sandbox));
            assertThat(read).isEqualTo(documented("copy` from")).isEqualTo(policy("iam-read-policy.json"));

            Set<String> written = new TreeSet<>(PARTS_OF_AN_UPLOAD);
            command(sandbox, "copy", "--from", "bundle:b", "--to", here + "/copies", "sample");
            Files.writeString(pack.resolve("values.yaml"), "pack: {changed: true}\n");
            command(sandbox, "publish", "--registry", "bundle:b", "--if-exists", "overwrite", "my-pack");
            command(sandbox, "copy", "--from", "bundle:b", "--to", here, "--if-exists", "overwrite", "sample");
            written.addAll(called(sandbox));
            assertThat(written).isEqualTo(documented("copy` to"));
            assertThat(policy("iam-policy.json")).containsAll(written);

            command(sandbox, "retire", "--registry", here, "--keep-newest", "1", "--dry-run");
            command(sandbox, "retire", "--registry", here, "--yes", "sample:1.0.0");
            assertThat(called(sandbox)).isEqualTo(documented("retire")).isEqualTo(policy("iam-retire-policy.json"));
        }
    }

    private CommandRun publish(EcrSandbox sandbox, String... options) throws InterruptedException {
        return run(sandbox, "acme", options);
    }

    private CommandRun run(EcrSandbox sandbox, String base, String... options) throws InterruptedException {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "publish";
        arguments[1] = "--repository-name";
        arguments[2] = base;
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[arguments.length - 1] = "my-pack";
        return CommandRun.in(folder).with(sandbox.environment()).run(arguments);
    }

    private static Set<String> policy(String file) throws Exception {
        JsonNode policy = JsonMapper.shared()
                .readTree(Files.readString(Project.ROOT.resolve("docs").resolve(file)));
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : policy.path("Statement")) {
            JsonNode action = statement.path("Action");
            if (action.isString()) {
                actions.add(action.stringValue());
            }
            action.forEach(one -> actions.add(one.stringValue()));
        }
        return actions;
    }
}
