package io.jenkins.plugins.spectropack.engine.registry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants to be logged in to. Source: RFC 7235, "Challenge and Response".
 *
 * @param scheme in lower case, such as {@code bearer}
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** Longer than any registry's challenge, and short enough for a pattern. */
    private static final int LIMIT = 4096;

    // A scheme, or a parameter with its value; what separates them is skipped. Nothing is tried twice.
    private static final Pattern PART = Pattern.compile(
            "\\G[\\s,]*+(" + TOKEN + "+)(?:\\s*+=\\s*+(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+)))?+");

    /** Reads the values of all {@code WWW-Authenticate} headers of an answer; what is malformed ends a header. */
    static List<Challenge> parse(List<String> headers) {
        List<Challenge> challenges = new ArrayList<>();
        for (String header : headers) {
            if (header.length() > LIMIT) {
                continue;
            }
            Matcher part = PART.matcher(header);
            Challenge current = null;
            while (part.find()) {
                String name = part.group(1).toLowerCase(Locale.ROOT);
                String quoted = part.group(2);
                if (quoted == null && part.group(3) == null) {
                    current = new Challenge(name, new LinkedHashMap<>());
                    challenges.add(current);
                } else if (current != null) {
                    current.parameters.put(name, quoted == null ? part.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
                }
            }
        }
        return challenges;
    }

    /** The first challenge of a scheme. */
    static Optional<Challenge> of(String scheme, List<Challenge> challenges) {
        return challenges.stream().filter(one -> one.scheme.equals(scheme)).findFirst();
    }

    String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
