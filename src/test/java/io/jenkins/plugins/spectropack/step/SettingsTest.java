package io.jenkins.plugins.spectropack.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.config.BasicRegistry;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.EcrRepositorySettings;
import io.jenkins.plugins.spectropack.config.KeysReader;
import io.jenkins.plugins.spectropack.config.LoginReader;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.RoleReader;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of the engine name parameters as a Pipeline gives them. */
class SettingsTest {

    private static final Pattern SYMBOL = Pattern.compile("\\w+(?=\\(|$)");

    /** Left out are those that are symbols, and those of pulling, which no step does. */
    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {
                "ALL_PACKS",
                "KEEP_ARCHIVE",
                "OUTPUT",
                "PALETTE_KEYS",
                "PALETTE_LOGIN",
                "READ_WITH_AWS",
                "READ_WITH_LOGIN",
                "REPLACE"
            })
    void wordsAreParameters(Setting setting) {
        String parameter = setting.words().replaceFirst("^.*?(\\w+)\\)?$", "$1").toLowerCase(Locale.ROOT);
        List<String> getters = Stream.of(
                        PublishSpectroPackStep.class,
                        RetireSpectroPacksStep.class,
                        BasicRegistry.class,
                        EcrRegistry.class,
                        EcrRepositorySettings.class,
                        PaletteSettings.class,
                        RoleReader.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .map(method -> method.getName().toLowerCase(Locale.ROOT))
                .toList();

        assertThat(getters).containsAnyOf("get" + parameter, "is" + parameter);
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            names = {"PALETTE_KEYS", "PALETTE_LOGIN", "READ_WITH_AWS", "READ_WITH_LOGIN"})
    void wordsForHowPaletteReadsAreItsSymbols(Setting setting) {
        List<String> symbols = Stream.of(
                        KeysReader.DescriptorImpl.class,
                        LoginReader.DescriptorImpl.class,
                        RoleReader.DescriptorImpl.class)
                .flatMap(type -> Stream.of(type.getAnnotation(Symbol.class).value()))
                .toList();
        List<String> named = SYMBOL.matcher(setting.words())
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(symbols).containsAll(named);
    }

    @Test
    void wordForAllPacksIsWhatTheStepTakes() {
        assertThat(Setting.ALL_PACKS.words()).isEqualTo("'" + PackSelector.ALL + "'");
    }

    @Test
    void valueIsSpelledAsInTheForm() {
        assertThat(Setting.IF_EXISTS.with(IfExists.OVERWRITE)).isEqualTo("ifExists OVERWRITE");
    }
}
