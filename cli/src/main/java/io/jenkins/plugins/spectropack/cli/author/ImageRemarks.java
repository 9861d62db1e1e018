package io.jenkins.plugins.spectropack.cli.author;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says what only an author can know about the images of a chart, since only its templates do. */
final class ImageRemarks {

    /** How many images a sentence names before it counts. */
    private static final int SHOWN = 5;

    private static final Map<Images.Doubt, String> DOUBTS = Map.of(
            Images.Doubt.TAG_OF_APP,
            "the chart's appVersion is taken for the tag, as the values name none. See whether its templates do, too",
            Images.Doubt.NO_TAG,
            "no tag is said, or 'latest', so it may be another image every day. Give one",
            Images.Doubt.NO_REGISTRY,
            "no registry is said, so it is one of Docker Hub's own, or a template completes it. Write it in full then");

    private ImageRemarks() {}

    /** Remarks in whole sentences, none if all is said. */
    static List<String> of(Chart chart, Images images) {
        List<String> remarks = new ArrayList<>();
        if (images.found().isEmpty() && images.partial().isEmpty()) {
            remarks.add("values.yaml: the default values of the chart " + chart.name()
                    + " name no image. Add to pack.content.images what its templates use.");
        }
        if (!images.partial().isEmpty()) {
            remarks.add("values.yaml: the default values of the chart " + chart.name() + " do not say where "
                    + list(images.partial())
                    + (images.partial().size() == 1 ? " comes" : " come")
                    + " from. Add to pack.content.images what its templates make of them.");
        }
        for (Images.Doubt doubt : Images.Doubt.values()) {
            List<String> doubtful = images.found().stream()
                    .filter(image -> images.doubt(image).filter(doubt::equals).isPresent())
                    .toList();
            if (!doubtful.isEmpty()) {
                remarks.add(
                        "values.yaml: pack.content.images names " + list(doubtful) + ": " + DOUBTS.get(doubt) + ".");
            }
        }
        return remarks;
    }

    private static String list(Collection<String> images) {
        int more = images.size() - SHOWN;
        return images.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
