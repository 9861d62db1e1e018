package io.jenkins.plugins.spectropack.cli.author;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of a pack's folder suggests. It means nothing to Palette, but by custom it is NAME-VERSION.
 *
 * @param name as it is written, without the version
 * @param version if there is one
 */
record FolderName(String name, Optional<String> version) {

    private static final Pattern WITH_VERSION =
            Pattern.compile("([^-]{1,100}(?:-[^-]{1,100}){0,20}?)-(v?[0-9]+\\.[0-9].{0,100})");

    static FolderName of(Path folder) {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String text = last == null ? "pack" : last.toString();
        Matcher matcher = WITH_VERSION.matcher(text);
        return matcher.matches()
                ? new FolderName(matcher.group(1), Optional.of(matcher.group(2)))
                : new FolderName(text, Optional.empty());
    }
}
