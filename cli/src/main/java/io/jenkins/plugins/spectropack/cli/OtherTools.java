package io.jenkins.plugins.spectropack.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** What other tools for registries and charts call what is done here. */
final class OtherTools {

    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("push", "publish"),
            Map.entry("upload", "publish"),
            Map.entry("check", "validate"),
            Map.entry("lint", "validate"),
            Map.entry("verify", "validate"),
            Map.entry("package", "archive"),
            Map.entry("save", "archive"),
            Map.entry("tar", "archive"),
            Map.entry("cp", "copy"),
            Map.entry("mirror", "copy"),
            Map.entry("promote", "copy"),
            Map.entry("catalog", "list"),
            Map.entry("ls", "list"),
            Map.entry("search", "list"),
            Map.entry("tags", "list"),
            Map.entry("download", "pull"),
            Map.entry("fetch", "pull"),
            Map.entry("rm", "retire"),
            Map.entry("delete", "retire"),
            Map.entry("prune", "retire"),
            Map.entry("generate-completion", "completion"),
            Map.entry("build", "init"),
            Map.entry("create", "init"),
            Map.entry("new", "init"),
            Map.entry("update", "bump"),
            Map.entry("upgrade", "bump"));

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("--force", "--if-exists overwrite"),
            Map.entry("--overwrite", "--if-exists overwrite"),
            Map.entry("--strict", "--validation strict"),
            Map.entry("--insecure", "--skip-tls-verification"),
            Map.entry("--insecure-skip-tls-verify", "--skip-tls-verification"),
            Map.entry("--ca-file", "--ca-cert"),
            Map.entry("--debug", "--verbose"),
            Map.entry("-v", "--verbose"),
            Map.entry("-u", "--username"),
            Map.entry("--user", "--username"),
            Map.entry("-p", "--password-stdin"),
            Map.entry("--repo", "--registry"),
            Map.entry("--concurrency", "--parallel"),
            Map.entry("-d", "--output"),
            Map.entry("--destination", "--output"),
            Map.entry("-o", "--json"),
            Map.entry("--format", "--json"));

    private OtherTools() {}

    /** Our command for one of others. */
    static Optional<String> command(String word) {
        return Optional.ofNullable(COMMANDS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** Our option for one of others, with its value, if our command has it. */
    static Optional<String> option(String option, CommandSpec command) {
        return Optional.ofNullable(OPTIONS.get(option))
                .filter(ours -> command.findOption(ours.replaceFirst(" .*", "")) != null);
    }
}
