package io.jenkins.plugins.spectropack.engine.palette;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of packs in Palette.
 *
 * @param packs how each pack that was asked for ended, in the order they were asked in
 * @param problem what went wrong, in sentences for the person who reads the log; empty if all is as it was asked for
 */
public record PaletteResult(Map<PackVersion, PaletteStatus> packs, Optional<String> problem) {

    /** Keeps the packs from being changed. */
    public PaletteResult {
        packs = Collections.unmodifiableMap(new LinkedHashMap<>(packs));
    }

    /** How a pack ended; a pack that was not asked for was not checked. */
    public PaletteStatus status(PackVersion pack) {
        return packs.getOrDefault(pack, PaletteStatus.NOT_CHECKED);
    }
}
