package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the target's registry in Palette, compares it with what is meant, and adds it if it is not there. */
final class RegistryLookup {

    private static final int MOST_SHOWN = 20;

    private final PaletteTarget target;
    private final PaletteApi api;
    private final ProgressListener listener;

    RegistryLookup(PaletteTarget target, PaletteApi api, ProgressListener listener) {
        this.target = target;
        this.api = api;
        this.listener = listener;
    }

    /**
     * The registry of the target's name; one for packs where several have it.
     *
     * @param isAdded whether it will be added if there is none
     * @throws PaletteException with the names that there are if there is none and it is not to be added
     */
    Optional<PaletteRegistry> find(boolean isAdded) throws PaletteException, InterruptedException {
        List<PaletteRegistry> all = api.registries();
        List<PaletteRegistry> named = all.stream()
                .filter(registry -> registry.name().equals(target.registryName()))
                .toList();
        if (named.isEmpty() && !isAdded) {
            throw missing(all);
        }
        return named.stream()
                .filter(PaletteRegistry::holdsPacks)
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    private PaletteException missing(List<PaletteRegistry> all) {
        List<String> names =
                all.stream().map(PaletteRegistry::name).sorted().distinct().toList();
        String known =
                names.stream().limit(MOST_SHOWN).map(name -> "'" + name + "'").collect(Collectors.joining(", "))
                        + (names.size() > MOST_SHOWN ? " and " + (names.size() - MOST_SHOWN) + " more" : "");
        return PaletteException.permanent("Palette at " + target.host() + " has no OCI registry '"
                + target.registryName() + "'. "
                + (known.isEmpty()
                        ? "It shows none at all to this API key"
                                + (target.projectUid().isEmpty() ? "." : " in this project.")
                                + " Add the registry in Palette, or use a key that may see it."
                        : "It has " + known + ". Give one of these names as " + Setting.PALETTE_REGISTRY.words()
                                + ", or add the registry in Palette."));
    }

    /** What is sent to add the registry. */
    RegistryRequest request(RegistryPlace place) {
        return new RegistryRequest(
                target.registryName(), place, target.register().orElseThrow());
    }

    /**
     * Has Palette try the registry and, unless that is all, adds it.
     *
     * @return nothing if it was only tried
     * @throws PaletteException if Palette does not get there, or does not take it; nothing was added then
     */
    Optional<PaletteRegistry> add(RegistryRequest request, boolean onlyTry)
            throws PaletteException, InterruptedException {
        String name = "registry '" + request.name() + "'";
        api.validate(request);
        if (onlyTry) {
            listener.log("Palette at " + target.host() + ": " + name + " is not there, and would be added to read "
                    + request.place() + ". Palette reached it.");
            return Optional.empty();
        }
        PaletteRegistry registry = api.add(request);
        listener.log("Palette at " + target.host() + ": " + name + " was not there, and was added. It reads "
                + request.place() + ".");
        return Optional.of(registry);
    }

    /** Says where Palette reads the registry; returns what is wrong with that. */
    Optional<String> compare(PaletteRegistry registry, Optional<RegistryPlace> pushedTo) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        if (!registry.holdsPacks()) {
            wrong.add(notForPacks(registry));
        }
        Optional<RegistryPlace> reads = place(registry);
        listener.log("Palette at " + target.host() + ": registry '" + registry.name() + "'"
                + reads.map(place -> " reads " + place + ".").orElse(" found."));
        if (reads.isPresent() && pushedTo.isPresent() && !reads.equals(pushedTo)) {
            wrong.add("Registry '" + registry.name() + "' in Palette reads " + reads.get()
                    + ", but the packs were pushed to " + pushedTo.get()
                    + ". Give the registry that reads the latter as " + Setting.PALETTE_REGISTRY.words()
                    + ", or correct endpoint and base content path in"
                    + " Palette.");
        }
        wrong.forEach(text -> listener.log("WARNING: " + text));
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", wrong));
    }

    private Optional<RegistryPlace> place(PaletteRegistry registry) throws InterruptedException {
        try {
            return api.place(registry);
        } catch (PaletteException e) {
            listener.log(
                    "Palette: whether it reads what the packs were pushed to could not be checked. " + e.getMessage());
            return Optional.empty();
        }
    }

    static String notForPacks(PaletteRegistry registry) {
        return "Registry '" + registry.name() + "' in Palette is one for " + registry.provider()
                + ", not for packs, so it lists none.";
    }
}
