package io.jenkins.plugins.spectropack.engine.util;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The variables of the step that does the work, over those of the process that does it: a block of a Pipeline or a wrapper of a
 * job may have set others. Made on the controller, read where the work is done. Carries only what is read here, which may hold
 * secrets: never stored, and shows nothing when it is printed.
 */
public final class StepEnvironment implements Serializable {

    /** Nothing but what the process has. */
    public static final StepEnvironment NONE = new StepEnvironment(Map.of(), "", false);

    private static final long serialVersionUID = 1L;
    private static final String AWS = "AWS_";
    private static final Set<String> OTHERS =
            Set.of("HOME", "USERPROFILE", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "SOURCE_DATE_EPOCH");

    private final HashMap<String, String> variables = new HashMap<>();
    private final String folder;
    private final boolean isStep;

    private StepEnvironment(Map<String, String> environment, String folder, boolean isStep) {
        environment.forEach((name, value) -> {
            if (name.startsWith(AWS) || OTHERS.contains(name)) {
                variables.put(name, value);
            }
        });
        this.folder = folder;
        this.isStep = isStep;
    }

    /**
     * Takes a step's whole environment, the agent's own variables included, of which only what counts is kept.
     *
     * @param folder what relative paths in it are relative to, on the machine that does the work
     */
    public static StepEnvironment of(Map<String, String> environment, String folder) {
        return new StepEnvironment(environment, folder, true);
    }

    /** What a variable says, in the step or, without one, in the process. Blank is the same as not set. */
    public Optional<String> get(String name) {
        return text(isStep ? variables.get(name) : System.getenv(name));
    }

    /**
     * What the step says other than the process. An agent's own variables are among those of each step that runs on it, so
     * only what differs was meant for the step.
     */
    public Optional<String> own(String name) {
        return text(variables.get(name)).filter(value -> !value.equals(System.getenv(name)));
    }

    /** A path that a variable holds. What the step says is relative to the step's folder. */
    public Path path(String text) {
        if (text.startsWith("~/") || text.startsWith("~\\")) {
            return home().resolve(text.substring(2));
        }
        return Path.of(folder).resolve(text);
    }

    /** The user's folder. */
    public Path home() {
        return Path.of(get("HOME").or(() -> get("USERPROFILE")).orElseGet(() -> System.getProperty("user.home")));
    }

    private static Optional<String> text(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(stripped -> !stripped.isEmpty());
    }

    @Override
    public String toString() {
        return "StepEnvironment[hidden]";
    }
}
