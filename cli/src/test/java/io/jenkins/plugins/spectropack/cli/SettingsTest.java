package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Messages of the engine name options as they are typed. */
class SettingsTest {

    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void writePacks() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    }

    @AfterEach
    void speakAsBefore() {
        Setting.speakFor("");
    }

    private static Set<String> options(String... commands) {
        Set<String> options = new HashSet<>();
        for (String command : commands) {
            CommandLine line = SpectroPack.commandLine().getSubcommands().get(command);
            options.addAll(line.getCommandSpec().optionsMap().keySet());
        }
        return options;
    }

    private static List<String> named(String words) {
        return OPTION.matcher(words).results().map(MatchResult::group).toList();
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void wordsAreOptionsOrWhatElseTheHelpNames(Setting setting) {
        assertThat(options("publish", "register", "copy", "retire", "pull")).containsAll(named(setting.words()));
        assertThat(setting.words()).containsPattern("^--|^PACK$|^PALETTE_API_KEY$|AWS_PROFILE$");
    }

    /** What an option of one command is called there where another command calls it otherwise. */
    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {
                "ACCOUNT_ID",
                "AWS_CREDENTIALS",
                "BASE_PATH",
                "CA_CERTIFICATE",
                "CREATE_REPOSITORIES",
                "ENDPOINT",
                "IF_EXISTS",
                "KMS_KEY",
                "LOGIN",
                "PALETTE_TIMEOUT",
                "PARALLEL",
                "REGION",
                "REGISTRY_URL",
                "REPOSITORY_NAME",
                "VERBOSE"
            })
    void wordsForCopyAreItsOptions(Setting setting) {
        Setting.speakFor(new CopyCommand().speaker());

        assertThat(named(setting.words())).isNotEmpty();
        assertThat(options("copy")).containsAll(named(setting.words()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {
                "ACCOUNT_ID",
                "AWS_CREDENTIALS",
                "BASE_PATH",
                "CA_CERTIFICATE",
                "ENDPOINT",
                "LOGIN",
                "REGION",
                "REGISTRY_URL",
                "REPOSITORY_NAME",
                "VERBOSE"
            })
    void wordsWhereARegistryIsALocationAreOptions(Setting setting) {
        Setting.speakFor(new ListCommand().speaker());

        assertThat(named(setting.words())).isNotEmpty();
        for (String command : List.of("list", "pull", "retire", "publish")) {
            assertThat(options(command)).as(command).containsAll(named(setting.words()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {
                "PALETTE_EXTERNAL_ID",
                "PALETTE_KEYS",
                "PALETTE_LOGIN",
                "PALETTE_READS_CA_CERTIFICATE",
                "PALETTE_REGISTRY",
                "PALETTE_ROLE",
                "PALETTE_URL",
                "READ_WITH_AWS",
                "READ_WITH_LOGIN",
                "REGISTRY_URL"
            })
    void wordsForRegisterAreItsOptions(Setting setting) {
        Setting.speakFor(new RegisterCommand().speaker());

        assertThat(named(setting.words())).isNotEmpty();
        assertThat(options("register")).containsAll(named(setting.words()));
    }

    @Test
    void valueIsSpelledAsInTheHelp() {
        assertThat(Setting.IF_EXISTS.with(IfExists.OVERWRITE)).isEqualTo("--if-exists overwrite");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            publish --repository-name a --region Mars my-pack                  | as --region.
            publish --repository-name a --region us-east-1 --account-id 1 p    | as --account-id, for
            publish --repository-name A --region us-east-1 my-pack             | as --repository-name, with
            publish --registry r.example/A --username u my-pack                | as BASE in --registry, with
            publish --repository-name a --region us-east-1 --kms-key k my-pack | as --kms-key, for
            publish --repository-name a --parallel 0 --region us-east-1 p      | --parallel must be at least 1
            publish --registry r.example/a my-pack                             | Give --username and --password-stdin.
            list --registry r.example/a --username u --ca-cert nonsense.pem    | Check --ca-cert: the text
            copy --from r.example/a --to bundle:b --all                        | Give --from-username or --to-username.
            copy --from r.example/A --from-username u --to bundle:b --all      | as BASE in --from or --to, with
            copy --from r.example/a --from-username u --to bundle:b a/b        | of a pack, or --all for all packs
            list --registry r.example/a --username u a/b                       | of a pack, or nothing for all packs
            retire --registry r.example/a --username u sample                  | newest stay as --keep-newest, or
            retire --registry r.example/a --username u --older-than 0          | --older-than must be at least 1
            sync --palette-registry r --palette-url http://p.example           | Use https:// in --palette-url.
            sync --palette-registry r --palette-project x/y                    | or leave --palette-project out
            sync --palette-registry r --palette-timeout-minutes 0              | Change --palette-timeout-minutes.
            sync --palette-registry r --palette-ca-cert nonsense.pem           | Check --palette-ca-cert: the text
            """)
    void wrongValuesAreToldWithTheOption(String arguments, String remedy) throws Exception {
        CommandRun run = CommandRun.in(folder)
                .with("PALETTE_API_KEY", "key")
                .with("SPECTRO_PACK_PASSWORD", "word")
                .with("SPECTRO_PACK_FROM_PASSWORD", "word")
                .run(arguments.split(" "))
                .fails(ExitCode.USAGE);

        assertThat(run.err()).contains(remedy);
        assertThat(run.err().lines()).hasSize(2);
    }

    @Test
    void namesThatDifferFromThePackAreToldWithTheOption() throws Exception {
        CommandRun run = CommandRun.in(folder)
                .with("AWS_ACCESS_KEY_ID", "key")
                .run(
                        "publish",
                        "--repository-name",
                        "a",
                        "--region",
                        "us-east-1",
                        "--expect-version",
                        "2.0.0",
                        "my-pack")
                .fails(ExitCode.INVALID_PACK);

        assertThat(run.err()).contains("Change one of them, or leave --expect-version out.");
    }
}
