package io.jenkins.plugins.spectropack.cli.author;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What an author says about a pack that does not exist yet. Texts are null where the charts and the folder shall say.
 *
 * @param folder where to write it
 * @param name of the pack
 * @param displayName what Palette shows
 * @param version of the pack
 * @param layer of a cluster profile that it belongs to
 * @param addonType what kind of add-on it is
 * @param namespace that it is installed in
 * @param charts folders or archives, in the order in which they are installed
 * @param manifests files or folders, in the order in which they are applied
 * @param logo a PNG image, or null for a neutral one
 * @param time that a chart which is packed here gets for all its files
 */
public record NewPack(
        Path folder,
        String name,
        String displayName,
        String version,
        String layer,
        String addonType,
        String namespace,
        List<Path> charts,
        List<Path> manifests,
        Path logo,
        Instant time) {

    /** The layer of most packs. */
    public static final String ADDON = "addon";

    public NewPack {
        charts = List.copyOf(charts);
        manifests = List.copyOf(manifests);
    }
}
