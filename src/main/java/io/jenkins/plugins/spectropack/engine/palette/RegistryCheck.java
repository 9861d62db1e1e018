package io.jenkins.plugins.spectropack.engine.palette;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a registry in Palette without changing anything.
 *
 * @param found a sentence that names the registry and where Palette reads it
 * @param reads where Palette reads it; empty if Palette does not say
 * @param problems what keeps packs from being listed, in sentences
 */
public record RegistryCheck(String found, Optional<RegistryPlace> reads, List<String> problems) {

    /** Keeps the problems from being changed. */
    public RegistryCheck {
        problems = List.copyOf(problems);
    }
}
