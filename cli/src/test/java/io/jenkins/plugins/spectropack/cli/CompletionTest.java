package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.cli.completion.Shell;
import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What shells complete when Tab is pressed, by the shells themselves. */
class CompletionTest {

    /** What is typed, with Tab where it is pressed, and the words that the command is started with then. */
    private static final List<String[]> TYPED = List.of(
            new String[] {"publ\tx", "publish|x"},
            new String[] {"archive my-p\t", "archive|my-pack/"},
            new String[] {"validate a\\ p\t", "validate|a pack/"},
            new String[] {"validate packs/o\t", "validate|packs/one/"},
            new String[] {"validate my-poe\tx", "validate|my-poex"},
            new String[] {"archive -o chart\tmy-p\t", "archive|-o|chart-0.1.0.tgz|my-pack/"},
            new String[] {"publish --if-ex\to\tx", "publish|--if-exists|overwrite|x"},
            new String[] {"publish --if-exists=o\tx", "publish|--if-exists=overwrite|x"},
            new String[] {"publish --ca-cert ce\tx", "publish|--ca-cert|certificate.pem|x"},
            new String[] {"init --chart ch\tx", "init|--chart|chart-0.1.0.tgz|x"},
            new String[] {"sync --palette-reg\tce\t x", "sync|--palette-registry|ce|x"},
            new String[] {"help arch\tx", "help|archive|x"});

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String pack : List.of("my-pack", "a pack", "packs/one")) {
            SamplePacks.write(folder.resolve(pack), "sample", "1.0.0");
        }
        // Files that begin as folders do are not offered where a folder is meant.
        for (String file : List.of("my-poem.txt", "certificate.pem", "chart-0.1.0.tgz")) {
            Files.writeString(folder.resolve(file), "");
        }
    }

    private Path script(Shell shell) throws IOException {
        return Files.writeString(folder.resolve(".script"), shell.script(SpectroPack.commandLine()));
    }

    /** Types into a shell on a terminal of its own; the command is a function that tells its words. */
    private void type(List<String> shell, String prepare) throws Exception {
        List<String> lines = new ArrayList<>();
        // What is typed is shown, too, and must not look like the answer.
        lines.add(prepare
                + "; spectro-pack() { printf 'WORDS'; printf '|%s' \"$@\"; printf '#RA%s\\n' N; }; printf 'RA%s\\n' N");
        TYPED.forEach(typed -> lines.add("spectro-pack " + typed[0]));

        String output = Terminal.of(folder, 200).type(lines, "RAN", shell);

        assertThat(Pattern.compile("WORDS\\|(.*?)#RAN").matcher(output).results())
                .as(output)
                // zsh writes --option=value where the others write --option value.
                .extracting(match -> match.group(1).replace('=', '|'))
                .containsExactlyElementsOf(
                        TYPED.stream().map(typed -> typed[1].replace('=', '|')).toList());
    }

    @Test
    void bashCompletes() throws Exception {
        type(
                List.of("bash", "--norc", "--noprofile", "-i"),
                "bind 'set enable-bracketed-paste off'; PS1=; . " + script(Shell.BASH));
    }

    /** For those who call the function themselves, as scripts do that complete aliases. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            archive my-           | my-pack
            validate packs/       | packs/one
            archive -o chart      | chart-0.1.0.tgz
            publish --ca-cert ce  | certificate.pem
            publish --if-exists o | overwrite
            """)
    void bashFunctionOffersFilesToo(String typed, String offer) throws Exception {
        String words = "COMP_WORDS=(spectro-pack " + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))";

        assertThat(io.jenkins.plugins.spectropack.engine.pack.Shell.run(
                                folder,
                                List.of(
                                        "bash",
                                        "-c",
                                        ". " + script(Shell.BASH) + "; " + words
                                                + "; _spectro_pack; printf '%s\\n' \"${COMPREPLY[@]}\""))
                        .lines())
                .containsExactly(offer);
    }

    @Test
    void zshCompletes() throws Exception {
        assumeTrue(io.jenkins.plugins.spectropack.engine.pack.Shell.has("zsh"), "no zsh");
        type(
                List.of("zsh", "-f", "-i"),
                "PS1=; unset zle_bracketed_paste; setopt no_auto_remove_slash; autoload -U compinit; compinit -u -D; . "
                        + script(Shell.ZSH));
    }

    @Test
    void fishCompletes() throws Exception {
        assumeTrue(io.jenkins.plugins.spectropack.engine.pack.Shell.has("fish"), "no fish");
        Path script = script(Shell.FISH);
        for (String[] asked : List.of(
                new String[] {"publ", "publish"},
                new String[] {"archive my-p", "my-pack/"},
                new String[] {"validate packs/o", "packs/one/"},
                new String[] {"validate my-poe", ""},
                new String[] {"archive -o chart", "chart-0.1.0.tgz"},
                new String[] {"publish --if-ex", "--if-exists"},
                new String[] {"publish --if-exists o", "overwrite"},
                new String[] {"publish --if-exists=o", "--if-exists=overwrite"},
                new String[] {"publish --ca-cert ce", "certificate.pem"},
                new String[] {"help arch", "archive"},
                new String[] {"sync --palette-registry ce", ""})) {
            String offers = io.jenkins.plugins.spectropack.engine.pack.Shell.run(
                    folder,
                    List.of(
                            "fish",
                            "--no-config",
                            "-c",
                            "source " + script + "; complete -C \"spectro-pack " + asked[0] + "\""));

            List<String> offered =
                    offers.lines().map(offer -> offer.replaceFirst("\t.*", "")).toList();
            if (asked[1].isEmpty()) {
                assertThat(offered).as(asked[0]).isEmpty();
            } else {
                assertThat(offered).as(asked[0]).contains(asked[1]).doesNotContain("my-poem.txt");
            }
        }
    }

    @Test
    void everyOptionIsThere() {
        CommandLine line = SpectroPack.commandLine();
        for (Shell shell : Shell.values()) {
            String script = shell.script(line);
            assertThat(script).contains("help-more");
            line.getSubcommands().values().stream()
                    .flatMap(command -> command.getCommandSpec().options().stream())
                    .filter(option -> !option.longestName().equals("--help-more"))
                    .map(option -> option.longestName().replaceFirst("^--", shell == Shell.FISH ? "-l " : "--"))
                    .forEach(name -> assertThat(script).contains(name));
        }
    }

    @Test
    void commandPrintsTheScriptOfTheShell() throws Exception {
        for (String shell : List.of("bash", "zsh", "fish")) {
            CommandRun run = CommandRun.execute("completion", shell);

            assertThat(run.code()).isZero();
            assertThat(Stream.of(Shell.values()).map(any -> any.script(SpectroPack.commandLine())))
                    .contains(run.out());
        }
        assertThat(CommandRun.execute("completion", "ksh").err())
                .startsWith("Error: SHELL is 'ksh', but must be bash, zsh or fish.");
    }
}
