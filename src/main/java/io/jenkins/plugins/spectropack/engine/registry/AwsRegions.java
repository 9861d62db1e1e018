package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Nearest;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/** The regions of AWS that the SDK's own metadata knows. AWS opens others later, so a name that is not among them is doubted only. */
public final class AwsRegions {

    private static final List<String> KNOWN = Region.regions().stream()
            .filter(region -> !region.isGlobalRegion())
            .map(Region::id)
            .sorted()
            .toList();

    private AwsRegions() {}

    /** Says that a region is not known and what may have been meant; empty if it is known. */
    public static Optional<String> doubt(String region) {
        if (KNOWN.contains(region)) {
            return Optional.empty();
        }
        return Optional.of("The AWS region '" + region + "' is none that is known here."
                + Nearest.to(region, KNOWN)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse(" Check its name."));
    }
}
