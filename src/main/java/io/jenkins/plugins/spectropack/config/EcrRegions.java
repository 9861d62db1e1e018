package io.jenkins.plugins.spectropack.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/** The regions of AWS that the SDK knows. Runs on the controller. */
final class EcrRegions {

    private EcrRegions() {}

    /** What AWS calls each region, such as {@code US East (N. Virginia)}, by its id. */
    static Map<String, String> all() {
        return Region.regions().stream()
                .filter(region -> !region.isGlobalRegion())
                .collect(Collectors.toMap(Region::id, EcrRegions::name, (one, same) -> one, TreeMap::new));
    }

    private static String name(Region region) {
        return region.metadata() == null ? region.id() : region.metadata().description();
    }
}
