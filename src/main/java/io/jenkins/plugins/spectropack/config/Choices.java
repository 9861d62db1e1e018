package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Values that are one of a few constants, as forms offer and users write them. They are stored as text, because a variable may
 * stand for one.
 */
@Restricted(NoExternalUse.class)
public final class Choices {

    private Choices() {}

    /** A constant's name as it is written in Java, whatever case the user wrote; null for a blank value. */
    @CheckForNull
    public static String name(@CheckForNull String value) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || FieldChecks.hasVariable(text) ? text : text.toUpperCase(Locale.ROOT);
    }

    /**
     * Reads a constant's name in any case.
     *
     * @return null for a blank value
     * @throws IllegalArgumentException with a sentence that names what is possible
     */
    @CheckForNull
    public static <E extends Enum<E>> E parse(Class<E> type, String parameter, @CheckForNull String value) {
        String name = name(value);
        if (name == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.Choices_unknown(
                        parameter,
                        name,
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")))));
    }

    /** The choices with the present value, if that is none of them but a variable for instance: a form that is saved must not lose it. */
    public static ListBoxModel with(@CheckForNull String present, ListBoxModel items) {
        String value = Util.fixEmptyAndTrim(present);
        boolean isNew = value != null
                && !FieldChecks.isTooLong(value, FieldChecks.LINE)
                && items.stream().noneMatch(item -> item.value.equals(value));
        if (isNew) {
            items.add(value);
        }
        return items;
    }

    /** What to do if a version exists with other content. */
    public static ListBoxModel ifExists() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.Choices_ifExistsFail(), IfExists.FAIL.name());
        items.add(Messages.Choices_ifExistsOverwrite(), IfExists.OVERWRITE.name());
        items.add(Messages.Choices_ifExistsSkip(), IfExists.SKIP.name());
        return items;
    }

    /** How strictly packs are checked. */
    public static ListBoxModel validation() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.Choices_validationStandard(), Validation.STANDARD.name());
        items.add(Messages.Choices_validationStrict(), Validation.STRICT.name());
        items.add(Messages.Choices_validationOff(), Validation.OFF.name());
        return items;
    }
}
