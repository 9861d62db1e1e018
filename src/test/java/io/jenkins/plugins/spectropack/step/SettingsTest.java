package io.jenkins.plugins.spectropack.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.config.BasicRegistry;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.EcrRepositorySettings;
import io.jenkins.plugins.spectropack.config.PaletteSettings;
import io.jenkins.plugins.spectropack.config.RoleReader;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages of the engine name parameters as a Pipeline gives them. */
class SettingsTest {

    /** Left out are those that are symbols: how Palette shall read a registry. */
    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PALETTE_KEYS", "PALETTE_LOGIN", "READ_WITH_AWS", "READ_WITH_LOGIN"})
    void wordsAreParameters(Setting setting) {
        String parameter = setting.words().replaceFirst("^.*?(\\w+)\\)?$", "$1").toLowerCase(Locale.ROOT);
        List<String> getters = Stream.of(
                        PublishSpectroPackStep.class,
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

    @Test
    void valueIsSpelledAsInTheForm() {
        assertThat(Setting.IF_EXISTS.with(IfExists.OVERWRITE)).isEqualTo("ifExists OVERWRITE");
    }
}
