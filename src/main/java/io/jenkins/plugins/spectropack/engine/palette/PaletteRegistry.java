package io.jenkins.plugins.spectropack.engine.palette;

import java.util.Locale;

/**
 * A registry that Palette knows.
 *
 * @param uid Palette's own name of it
 * @param name what people call it
 * @param kind {@code ecr} or {@code basic}, a part of the paths of the API
 * @param endpoint where Palette reads it, as it was typed there; may be empty
 * @param provider what it holds: {@code pack}, {@code helm} or {@code zarf}; empty where Palette does not say
 */
record PaletteRegistry(String uid, String name, String kind, String endpoint, String provider) {

    /** Takes the kind in any case; where it is not given, the host tells. */
    PaletteRegistry {
        String given = kind.strip().toLowerCase(Locale.ROOT);
        boolean looksLikeEcr = endpoint.contains(".dkr.ecr") || endpoint.contains(".dkr-ecr");
        kind = given.equals("ecr") || given.isEmpty() && looksLikeEcr ? "ecr" : "basic";
    }

    boolean holdsPacks() {
        return provider.isEmpty() || provider.equalsIgnoreCase("pack");
    }
}
