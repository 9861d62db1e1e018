package io.jenkins.plugins.spectropack.step;

import io.jenkins.plugins.spectropack.Messages;
import io.jenkins.plugins.spectropack.config.DefaultRegistry;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import io.jenkins.plugins.spectropack.config.SpectroPackGlobalConfiguration;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the forms of step, build step and global configuration have in common. Runs on the controller. */
final class PublishForm {

    private PublishForm() {}

    /** Whether a value holds something that is known only when the job runs. */
    static boolean hasVariable(@CheckForNull String value) {
        return value != null && value.indexOf('$') >= 0;
    }

    /** Shows what is wrong with a value that may be left out. */
    static FormValidation check(@CheckForNull String value, Function<String, Optional<String>> problem) {
        return Util.fixEmptyAndTrim(value) == null ? FormValidation.ok() : checkRequired(value, problem);
    }

    /** Shows what is wrong with a value. */
    static FormValidation checkRequired(@CheckForNull String value, Function<String, Optional<String>> problem) {
        String text = Util.fixNull(value).strip();
        if (hasVariable(text)) {
            return FormValidation.ok();
        }
        try {
            return problem.apply(text).map(FormValidation::error).orElseGet(FormValidation::ok);
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** What the form shows where no registry is stored: nothing chosen, but in a new step the one that there is to choose. */
    static PackRegistry.PackRegistryDescriptor registryDescriptor(@CheckForNull Object instance) {
        boolean choose =
                instance == null && SpectroPackGlobalConfiguration.get().getRegistry() == null;
        return choose
                ? ExtensionList.lookupSingleton(EcrRegistry.DescriptorImpl.class)
                : ExtensionList.lookupSingleton(DefaultRegistry.DescriptorImpl.class);
    }

    static FormValidation checkPacks(@CheckForNull String value) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.PublishForm_packsMissing())
                : FormValidation.ok();
    }

    static FormValidation checkParallel(@CheckForNull String value) {
        return FormValidation.validatePositiveInteger(value);
    }

    static ListBoxModel ifExistsItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.PublishForm_ifExistsFail(), IfExists.FAIL.name());
        items.add(Messages.PublishForm_ifExistsOverwrite(), IfExists.OVERWRITE.name());
        items.add(Messages.PublishForm_ifExistsSkip(), IfExists.SKIP.name());
        return items;
    }

    static ListBoxModel ifExistsItemsWithDefault() {
        ListBoxModel items = ifExistsItems();
        IfExists inForce = SpectroPackGlobalConfiguration.get().ifExistsInForce();
        items.add(0, new ListBoxModel.Option(Messages.PublishForm_ifExistsDefault(inForce.name()), ""));
        return items;
    }

    static ListBoxModel validationItems() {
        ListBoxModel items = new ListBoxModel();
        items.add(Messages.PublishForm_validationStandard(), Validation.STANDARD.name());
        items.add(Messages.PublishForm_validationStrict(), Validation.STRICT.name());
        items.add(Messages.PublishForm_validationOff(), Validation.OFF.name());
        return items;
    }

    /** A constant's name as it is written in Java, whatever case the user wrote; null for a blank value. */
    @CheckForNull
    static String constantName(@CheckForNull String value) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || hasVariable(text) ? text : text.toUpperCase(Locale.ROOT);
    }

    /**
     * Reads a constant's name in any case.
     *
     * @return null for a blank value
     * @throws IllegalArgumentException with a sentence that names what is possible
     */
    @CheckForNull
    static <E extends Enum<E>> E constant(Class<E> type, String parameter, @CheckForNull String value) {
        String name = constantName(value);
        if (name == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.PublishForm_constant(
                        parameter,
                        name,
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")))));
    }
}
