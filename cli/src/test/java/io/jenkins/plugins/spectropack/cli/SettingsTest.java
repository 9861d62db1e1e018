package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Messages of the engine name options as they are typed. */
class SettingsTest {

    @ParameterizedTest
    @EnumSource(Setting.class)
    void wordsAreOptionsOfPublish(Setting setting) {
        CommandLine publish = SpectroPack.commandLine().getSubcommands().get("publish");
        List<String> options = Pattern.compile("--[a-z-]+")
                .matcher(setting.words())
                .results()
                .map(match -> match.group())
                .toList();

        assertThat(options).isNotEmpty();
        assertThat(publish.getCommandSpec().optionsMap()).containsKeys(options.toArray(String[]::new));
    }

    @Test
    void valueIsSpelledAsInTheHelp() {
        assertThat(Setting.IF_EXISTS.with(IfExists.OVERWRITE)).isEqualTo("--if-exists overwrite");
    }
}
