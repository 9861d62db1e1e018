package io.jenkins.plugins.spectropack.engine.pack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files that look like somebody's secret: by their name and by what is in them, so that a template of a secret, an example or a
 * public certificate is none. Whoever may pull a pack can read it.
 */
final class SecretRules {

    private static final int LOOKED_AT = 256 * 1024;
    private static final int LONGEST_LINE = 10_000;

    private static final List<String> EXAMPLES = List.of("example", "sample", "template", "dist", "default");
    private static final List<String> SECRET_WORDS = List.of("secret", "token", "passw", "pwd", "credential");
    private static final List<String> SECRET_ENDS = List.of("key", "auth");
    private static final Set<String> KEY_NAMES = Set.of("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519");
    private static final List<String> KEY_ENDS = List.of(".pem", ".key", ".p8", ".ppk", ".pkcs8", ".rsa");
    private static final List<String> VARIABLES = List.of("${", "$(", "{{", "<", "%(");
    private static final List<String> PLACEHOLDERS =
            List.of("change", "your", "example", "xxx", "***", "todo", "replace", "none", "null");

    private SecretRules() {}

    /**
     * Checks a pack.
     *
     * @param copies the folders of unpacked copies of the pack's charts, whose keys are published in the charts anyhow
     */
    static void check(Inspection pack, Set<String> copies) {
        for (String file : pack.files()) {
            String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
            kind(file.toLowerCase(Locale.ROOT), name)
                    .filter(kind -> !kind.mayBelongToAChart() || copies.stream().noneMatch(file::startsWith))
                    .flatMap(kind -> pack.begin(file, LOOKED_AT)
                            .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                            .filter(kind.content())
                            .map(text -> kind.words()))
                    .ifPresent(words -> pack.foundIn(
                            file,
                            Rule.SECRET,
                            "The file looks like " + words + ". Whoever can pull the pack can read it. Take it out, or"
                                    + " name it in .packignore; if it was published, replace the secret."));
        }
    }

    /** A kind of secret that a file may be, going by its name. */
    private record Kind(String words, boolean mayBelongToAChart, Predicate<String> content) {

        Kind(String words, Predicate<String> content) {
            this(words, false, content);
        }
    }

    private static Optional<Kind> kind(String path, String name) {
        if (EXAMPLES.stream().anyMatch(name::contains)) {
            return Optional.empty();
        }
        if (name.equals(".env") || name.startsWith(".env.") || name.endsWith(".env")) {
            return Optional.of(new Kind("a file of secret environment variables", SecretRules::hasSecretVariable));
        }
        if (KEY_NAMES.contains(name) || name.contains("private") || name.contains("privkey")) {
            return Optional.of(new Kind("a private key", SecretRules::isPrivateKey));
        }
        if (KEY_ENDS.stream().anyMatch(name::endsWith)) {
            return Optional.of(new Kind("a private key", true, SecretRules::isPrivateKey));
        }
        if (name.endsWith(".p12") || name.endsWith(".pfx")) {
            return Optional.of(new Kind("a private key", text -> text.startsWith("0")));
        }
        return switch (name) {
            case ".npmrc", ".yarnrc" ->
                Optional.of(new Kind(
                        "a login of npm",
                        text -> hasValue(text, "_authtoken")
                                || hasValue(text, "_auth")
                                || hasValue(text, "_password")));
            case ".netrc", "_netrc" -> Optional.of(new Kind("a login in a .netrc file", SecretRules::isNetrc));
            case ".pypirc" -> Optional.of(new Kind("a login of PyPI", text -> hasValue(text, "password")));
            case ".git-credentials" ->
                Optional.of(new Kind("a login of Git", text -> text.contains("://") && text.contains("@")));
            case ".dockercfg", ".dockerconfigjson" ->
                Optional.of(new Kind("a login of a registry", SecretRules::isDocker));
            default -> byPath(path, name);
        };
    }

    private static Optional<Kind> byPath(String path, String name) {
        if (path.endsWith(".docker/config.json")) {
            return Optional.of(new Kind("a login of a registry", SecretRules::isDocker));
        }
        if (name.contains("kube") && name.contains("config")
                || path.endsWith(".kube/config")
                || name.equals("admin.conf")) {
            return Optional.of(new Kind("a kubeconfig with credentials", SecretRules::isKubeconfig));
        }
        if (name.startsWith("credentials")
                || path.endsWith(".aws/config")
                || name.contains("aws")
                || name.contains("accesskeys")) {
            return Optional.of(new Kind("AWS credentials", SecretRules::isAws));
        }
        if (name.endsWith(".json")) {
            return Optional.of(new Kind(
                    "the key of a Google service account",
                    text -> text.contains("\"private_key\"")
                            && text.contains("\"service_account\"")
                            && isPrivateKey(text)));
        }
        return Optional.empty();
    }

    private static boolean isPrivateKey(String text) {
        int begin = text.indexOf("-----BEGIN ");
        while (begin >= 0) {
            int end = text.indexOf("-----", begin + "-----BEGIN ".length());
            if (end < 0) {
                return false;
            }
            if (text.substring(begin, Math.min(end, begin + 100)).contains("PRIVATE KEY")) {
                return !text.substring(end, Math.min(text.length(), end + 100)).contains("{{");
            }
            begin = text.indexOf("-----BEGIN ", end);
        }
        return text.startsWith("PuTTY-User-Key-File");
    }

    private static boolean hasSecretVariable(String text) {
        return lines(text).anyMatch(line -> {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).toLowerCase(Locale.ROOT);
            String value = line.substring(equals + 1);
            boolean secret = SECRET_WORDS.stream().anyMatch(name::contains)
                    || SECRET_ENDS.stream().anyMatch(name.strip()::endsWith)
                    || value.contains("://") && value.indexOf('@') > value.indexOf("://");
            return equals > 0 && !line.startsWith("#") && secret && isReal(value);
        });
    }

    /** Whether a key of an INI file, whatever stands before it, has a value. */
    private static boolean hasValue(String text, String key) {
        return lines(text).anyMatch(line -> {
            int separator = line.indexOf('=') < 0 ? line.indexOf(':') : line.indexOf('=');
            return separator > 0
                    && !line.startsWith("#")
                    && !line.startsWith(";")
                    && line.substring(0, separator)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(key)
                    && isReal(line.substring(separator + 1));
        });
    }

    private static boolean isNetrc(String text) {
        return lines(text).anyMatch(line -> {
            int password = line.indexOf("password ");
            return !line.startsWith("#") && password >= 0 && isReal(line.substring(password + "password ".length()));
        });
    }

    private static boolean isDocker(String text) {
        return text.contains("\"auth\"") || text.contains("\"identitytoken\"");
    }

    private static boolean isKubeconfig(String text) {
        boolean config = lines(text).anyMatch(line -> line.equals("kind: Config") || line.contains("\"Config\""));
        return config
                && List.of("client-key-data", "token", "password").stream()
                        .anyMatch(key -> hasValue(text, key) || hasValue(text.replace("\"", ""), key));
    }

    private static boolean isAws(String text) {
        return hasValue(text, "aws_secret_access_key")
                || lines(text)
                                .limit(1)
                                .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains("secret access key"))
                        && lines(text).count() > 1;
    }

    private static boolean isReal(String value) {
        String plain = value.strip().replace("\"", "").replace("'", "").toLowerCase(Locale.ROOT);
        return !plain.isEmpty()
                && VARIABLES.stream().noneMatch(plain::contains)
                && PLACEHOLDERS.stream().noneMatch(plain::startsWith);
    }

    private static Stream<String> lines(String text) {
        return text.lines()
                .map(line -> line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line)
                .map(String::strip);
    }
}
