package io.jenkins.plugins.spectropack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.jelly.InternationalizedStringExpression;
import org.kohsuke.stapler.jelly.ResourceBundle;

/** Labels of forms and pages: each is shown whole, and is translated into all languages or none. */
class LabelsTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final List<String> LANGUAGES = List.of("de", "fr", "ja", "zh_CN");
    private static final Pattern LABEL = Pattern.compile("\\$\\{%([^}]*)}");

    static List<Path> pages() {
        return files(".jelly").filter(page -> !labels(page).isEmpty()).toList();
    }

    static List<Path> messages() {
        return files("/Messages.properties").toList();
    }

    private static Stream<Path> files(String end) {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> labels(Path page) {
        try {
            return LABEL.matcher(Files.readString(page))
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path translation(Path original, String language) {
        String name = original.getFileName().toString();
        return original.resolveSibling(name.substring(0, name.lastIndexOf('.')) + "_" + language + ".properties");
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }

    private static InternationalizedStringExpression expression(Path page, String label) throws Exception {
        return new InternationalizedStringExpression(
                new ResourceBundle(page.toUri().toString().replaceFirst("\\.jelly$", "")), "%" + label);
    }

    private static Set<String> keys(Path page) throws Exception {
        Set<String> keys = new TreeSet<>();
        for (String label : labels(page)) {
            keys.add(expression(page, label).key);
        }
        return keys;
    }

    private static List<Path> translations(Path original) {
        return LANGUAGES.stream()
                .map(language -> translation(original, language))
                .filter(Files::exists)
                .toList();
    }

    private static int arguments(String text) {
        return new MessageFormat(text).getFormatsByArgumentIndex().length;
    }

    /** Stapler takes what stands in parentheses for arguments. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyLabelIsShownAsItIsWritten(Path page) throws Exception {
        Path english = page.resolveSibling(page.getFileName().toString().replace(".jelly", ".properties"));
        Set<String> worded = Files.exists(english) ? read(english).stringPropertyNames() : Set.of();
        for (String label : labels(page)) {
            InternationalizedStringExpression expression = expression(page, label);
            if (!worded.contains(expression.key)) {
                assertThat(expression.getArguments()).as(label).isEmpty();
                assertThat(expression.resourceBundle.format(Locale.ENGLISH, expression.key))
                        .isEqualTo(label);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pageIsTranslatedAsAWholeIntoEveryLanguageOrNone(Path page) throws Exception {
        List<Path> translations = translations(page);
        assertThat(translations)
                .satisfiesAnyOf(
                        files -> assertThat(files).isEmpty(),
                        files -> assertThat(files).hasSameSizeAs(LANGUAGES));
        for (Path file : translations) {
            Properties translated = read(file);
            assertThat(translated.stringPropertyNames()).as(file.toString()).isEqualTo(keys(page));
            assertThat(translated.values())
                    .as(file.toString())
                    .allSatisfy(text -> assertThat(text.toString()).isNotBlank());
        }
    }

    /** What a log says is English, as all sentences of the engine are; names and choices are translated. */
    @ParameterizedTest
    @MethodSource("messages")
    void messagesAreTheSameInEveryLanguage(Path bundle) throws Exception {
        Properties original = read(bundle);
        List<Path> translations = translations(bundle);
        for (Path file : translations) {
            Properties translated = read(file);
            assertThat(translated.stringPropertyNames())
                    .as(file.toString())
                    .isEqualTo(read(translations.get(0)).stringPropertyNames())
                    .isSubsetOf(original.stringPropertyNames());
            for (String key : translated.stringPropertyNames()) {
                assertThat(arguments(translated.getProperty(key)))
                        .as(file + " " + key)
                        .isEqualTo(arguments(original.getProperty(key)));
            }
        }
        assertThat(translations)
                .satisfiesAnyOf(
                        files -> assertThat(files).isEmpty(),
                        files -> assertThat(files).hasSameSizeAs(LANGUAGES));
    }

    @Test
    void thereAreLabels() {
        assertThat(pages()).filteredOn(page -> !translations(page).isEmpty()).hasSizeGreaterThan(10);
        assertThat(messages()).filteredOn(page -> !translations(page).isEmpty()).hasSizeGreaterThan(2);
    }
}
