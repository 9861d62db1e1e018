package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What all commands have in common: how they help, and how they tell that they were used wrongly. */
class MannersTest {

    private static final int WIDTH = 80;
    private static final int HEIGHT = 40;

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    static Stream<CommandLine> commands() {
        CommandLine line = SpectroPack.commandLine();
        return Stream.concat(Stream.of(line), line.getSubcommands().values().stream());
    }

    private CommandRun run(String... arguments) throws InterruptedException {
        return CommandRun.in(folder).run(arguments);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsATerminal(CommandLine command) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

        assertThat(help.lines()).hasSizeLessThanOrEqualTo(HEIGHT).allMatch(text -> text.length() <= WIDTH);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsInOneOfTwoHelpsThatFitATerminal(CommandLine command) throws Exception {
        if (!(command.getCommand() instanceof Verb)) {
            return;
        }
        String help = run(command.getCommandName(), "--help").succeeds().out();
        String more = run(command.getCommandName(), "--help-more").succeeds().out();

        assertThat(more.lines()).hasSizeLessThanOrEqualTo(HEIGHT).allMatch(text -> text.length() <= WIDTH);
        assertThat(command.getCommandSpec().options().stream()
                        .map(CommandLine.Model.OptionSpec::longestName)
                        .filter(name -> !name.equals("--help-more"))
                        .filter(name -> !(help + more).matches("(?s).* \\Q" + name + "\\E[=\\s].*")))
                .isEmpty();
        assertThat(more.equals(help) || help.contains(command.getCommandName() + " --help-more"))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examplesOfTheHelpAreUnderstoodAsPasted(CommandLine command) {
        String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
        List<String> examples = help.replace("\\\n", " ")
                .lines()
                .filter(text -> text.startsWith("  spectro-pack "))
                .map(text -> text.replaceFirst(" [|<>] .*", ""))
                .toList();

        for (String example : examples) {
            List<String> words = new ArrayList<>(
                    Arrays.asList(example.replace("'", "").strip().split("\\s+")));
            words.remove(0);
            SpectroPack.commandLine().parseArgs(words.toArray(String[]::new));
        }
        if (command.getCommand() instanceof Verb && !command.getCommandName().equals("version")) {
            assertThat(examples).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsQuietVerboseAndColoredAsAsked(CommandLine command) {
        if (command.getCommand() instanceof Verb) {
            assertThat(command.getCommandSpec().optionsMap())
                    .containsKeys("-q", "--quiet", "--verbose", "--color", "-h");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            publsh my-pack                                   | There is no command 'publsh'. Did you mean publish?                     | spectro-pack
            push my-pack                                     | 'push' is called 'spectro-pack publish' here.                           | spectro-pack
            push --registry example.com/base my-pack         | 'push' is called 'spectro-pack publish' here.                           | spectro-pack
            publsh --if-exists skip my-pack                  | There is no command 'publsh'. Did you mean publish?                     | spectro-pack
            --json validate my-pack                          | Options stand behind the command: 'spectro-pack validate --json'.       | spectro-pack
            --zzz validate my-pack                           | There is no option '--zzz'.                                             | spectro-pack
            validate --json --json my-pack                   | --json is given twice. Give it once.                                    | spectro-pack validate
            publish --force my-pack                          | '--force' is called --if-exists overwrite here.                         | spectro-pack publish
            list -o json                                     | '-o' is called --json here.                                             | spectro-pack list
            validate --force my-pack                         | There is no option '--force'.                                           | spectro-pack validate
            list --registry ./packs.tar                      | The location './packs.tar' is a path. Give HOST/BASE, for               | spectro-pack list
            pull --registry bundle:b -o - sample:1           | A pack is pulled into a folder, not to standard output.                 | spectro-pack pull
            frobnicate                                       | There is no command 'frobnicate'. There are publish, validate,          | spectro-pack
            publish --repositry-name acme my-pack            | There is no option '--repositry-name'. Did you mean --repository-name?  | spectro-pack publish
            publish --repository-name acme --role-am x p     | There is no option '--role-am'. Did you mean --role-arn?                | spectro-pack publish
            publish --repository-name acme --zzz my-pack     | There is no option '--zzz'.                                             | spectro-pack publish
            publish my-pack                                  | It is not said where to publish. Give --registry LOCATION, or           | spectro-pack publish
            publish                                          | PACK is missing. A folder, or a pattern such as 'packs/*'.              | spectro-pack publish
            bump                                             | FOLDER and VERSION are missing.                                         | spectro-pack bump
            publish --repository-name acme --region          | --region needs a value: --region REGION.                                | spectro-pack publish
            publish --repository-name a --if-exists x p      | --if-exists is 'x', but must be fail, overwrite or skip.                | spectro-pack publish
            publish --repository-name a --parallel x p       | --parallel is 'x', but must be a whole number.                          | spectro-pack publish
            publish --dry-run=maybe my-pack                  | --dry-run takes no value. Give it, or leave it out.                     | spectro-pack publish
            help push                                        | 'push' is called 'spectro-pack publish' here.                           | spectro-pack
            help frobnicate                                  | There is no command 'frobnicate'. There are publish,                    | spectro-pack
            validate --color sometimes my-pack               | --color is 'sometimes', but must be auto, always or never.              | spectro-pack validate
            """)
    void wrongUsageIsToldInTwoLines(String arguments, String problem, String command) throws Exception {
        CommandRun run = run(arguments.split(" ")).fails(ExitCode.USAGE);

        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(2)
                .satisfies(
                        text -> assertThat(text.get(0)).startsWith("Error: " + problem),
                        text -> assertThat(text.get(1)).isEqualTo("Try '" + command + " --help'."));
    }

    @Test
    void helpAndVersionAreWordsToo() throws Exception {
        assertThat(run("help", "archive").succeeds().out())
                .isEqualTo(run("archive", "--help").succeeds().out());
        assertThat(run("version").succeeds().out())
                .isEqualTo(run("--version").succeeds().out())
                .startsWith("spectro-pack ");
    }

    @Test
    void verboseTellsRequestsWithoutWhatOpensAnything() throws Exception {
        try (EcrSandbox sandbox = EcrSandbox.builder().start()) {
            CommandRun run = CommandRun.in(folder)
                    .with(sandbox.environment())
                    .run("publish", "--repository-name", "acme", "--verbose", "--quiet", "my-pack")
                    .succeeds();

            assertThat(run.err().lines())
                    .filteredOn(text -> text.startsWith("> "))
                    .hasSameSizeAs(sandbox.requests().all())
                    .allMatch(text ->
                            text.matches("> (POST|PUT|GET|HEAD) http://127\\.0\\.0\\.1:\\d+/\\S* \\d+ \\d+ ms"));
            sandbox.issuedPasswords()
                    .forEach(password -> assertThat(run.output()).doesNotContain(password));
        }
    }

    @Test
    void findingsAndWrongUsageAreColoredAsAsked() throws Exception {
        assertThat(run("validate", "nosuch", "--color", "always")
                        .fails(ExitCode.INVALID_PACK)
                        .out())
                .containsPattern("\\033\\[[0-9;]*31m.*ERROR");
        assertThat(run("validate", "--color=always").fails(ExitCode.USAGE).err())
                .containsPattern("\\033\\[[0-9;]*31m.*Error:");
        assertThat(run("validate", "nosuch").fails(ExitCode.INVALID_PACK).output())
                .doesNotContain("\033");
    }

    @Test
    void currentFolderIsCalledByItsName() throws Exception {
        assertThat(run("archive", ".").fails(ExitCode.INVALID_PACK).err())
                .startsWith("ERROR " + folder.getFileName() + "/pack.json: The file is missing");
    }

    @Test
    void whatCannotBeWrittenIsCalledByItsName() throws Exception {
        String name = "n".repeat(250);

        assertThat(run("archive", "my-pack", "-o", name).fails(ExitCode.FAILED).err())
                .startsWith("Error: ")
                .contains("/" + name + ": ");
    }

    @Test
    void archiveIsNotPrintedOnATerminal() throws Exception {
        CommandRun run = CommandRun.in(folder)
                .java("-Dspectropack.terminal.out=true")
                .runApart("archive", "my-pack", "-o", "-")
                .fails(ExitCode.USAGE);

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("Error: Standard output is a terminal, which cannot show an archive.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate my-pack", "validate --json my-pack", "archive my-pack -o -", "--version", "help"})
    void resultsThatCannotBeWrittenAreAFailure(String arguments) throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no full device");

        assertThat(CommandRun.in(folder)
                        .through("sh", "-c", "exec \"$@\" > /dev/full", "sh")
                        .run(arguments.split(" "))
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("Error: Standard output cannot be written: ");
        assertThat(CommandRun.in(folder)
                        .through("bash", "-c", "\"$@\" | true; exit ${PIPESTATUS[0]}", "bash")
                        .run(arguments.split(" "))
                        .succeeds()
                        .err())
                .doesNotContain("Error");
    }

    @Test
    void registryWithoutPacksIsToldSo() throws Exception {
        SamplePacks.write(folder.resolve("other"), "other", "1.0.0");
        run("publish", "--registry", "bundle:b", "other").succeeds();

        CommandRun run = run("list", "--registry", "bundle:b", "--json").succeeds();
        assertThat(run.err()).doesNotContain("There are no packs.");
        run("retire", "--registry", "bundle:b", "--yes", "other:1.0.0").succeeds();
        assertThat(run("list", "--registry", "bundle:b").succeeds().err()).endsWith("There are no packs.\n");
    }

    @Test
    void colorsAreForTerminalsOrWhereAsked() throws Exception {
        assertThat(run("archive", "missing").fails(ExitCode.INVALID_PACK).err()).startsWith("ERROR missing: ");
        assertThat(run("archive", "--color", "always", "missing")
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .startsWith("\033[")
                .contains("ERROR")
                .contains("\033[0m missing: ");
        assertThat(run("archive", "--color=never", "--help").succeeds().out()).doesNotContain("\033");
        assertThat(run("archive", "--color=always", "--help").succeeds().out()).contains("\033");
    }
}
