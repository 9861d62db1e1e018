package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.pack.Finding.Severity;
import java.util.Locale;

/**
 * What packs are checked for. Sources: Spectro Cloud's "Add a Custom Pack" and "Pack Constraints" for what is documented, and
 * the packs of Palette's public community registry for what Palette takes: nothing that they hold is an error.
 */
public enum Rule {
    /** A pack is a folder. */
    PACK_FOLDER(Severity.ERROR, true, "A pack is a folder that exists."),
    /** {@code pack.json} can be read. */
    PACK_JSON(
            Severity.ERROR,
            true,
            "pack.json is a file that holds one JSON object in plain UTF-8, without duplicate keys."),
    /** The pack's name can be part of a repository's name. */
    NAME(Severity.ERROR, true, "'name' is there and can be part of a repository's name in ECR."),
    /** The pack's version can be a tag. */
    VERSION(Severity.ERROR, true, "'version' is there and can be an OCI tag."),
    /** Every file can be archived. */
    ARCHIVABLE(
            Severity.ERROR,
            true,
            "Every file can be read, and every link leads to something in the pack, so that the archive holds it."),
    /** No two packs of a run are published under one name and version. */
    UNIQUE_VERSION(Severity.ERROR, true, "No two packs of one run have the same name and version."),
    /** The pack is the one that was asked for, and its repository's name is one that the registry takes. */
    AS_REQUESTED(
            Severity.ERROR,
            true,
            "Name and version are those that were asked for, if any were, and the registry takes the repository's name."),

    /** Documented keys that every pack needs. */
    REQUIRED_KEY(Severity.ERROR, "'displayName' and 'layer' are there and not empty."),
    /** Documented keys have documented types. */
    VALUE_TYPE(
            Severity.ERROR,
            "Documented keys of pack.json have values of the documented type. Other keys may hold anything."),
    /** The version's form. */
    VERSION_FORM(Severity.WARNING, "'version' is semantic, such as 1.2.3, v1.2.3, 1.2 or 1.2.3-rc.1."),
    /** The layer is one that Palette has. */
    LAYER(Severity.WARNING, "'layer' is known: documented, or in use by published packs."),
    /** The kind of add-on is one that Palette shows. */
    ADDON_TYPE(Severity.WARNING, "'addonType' is known: documented, or in use by published packs."),
    /** Add-ons say what kind they are. */
    ADDON_TYPE_MISSING(Severity.WARNING, "A pack of the layer 'addon' has an 'addonType'."),
    /** The clouds are ones that Palette has. */
    CLOUD_TYPE(
            Severity.WARNING,
            "'cloudTypes', or the older 'cloudType', are known: documented, or in use by published packs."),
    /** Keys are those that Palette reads. */
    MISSPELLED_KEY(
            Severity.WARNING, "Keys of pack.json, and those under 'pack' in values.yaml, are not almost known ones."),
    /** Constraints are complete and of the documented form. */
    CONSTRAINTS(Severity.WARNING, "'constraints' have the documented form."),
    /** Files are named by paths that stay in the pack. */
    PATH(Severity.ERROR, "'charts' and 'kubeManifests' hold relative paths that stay in the pack."),
    /** Files that are named exist. */
    FILE_MISSING(Severity.ERROR, "The files that 'charts' and 'kubeManifests' name are in the pack."),
    /** An add-on does something. */
    NOTHING_DEPLOYED(Severity.WARNING, "A pack of the layer 'addon' names a chart or a manifest."),
    /** What lies in the pack is in use. */
    UNNAMED_FILE(
            Severity.WARNING,
            "Charts and manifests in the folders 'charts' and 'manifests' are named in pack.json, or copies of such."),
    /** Charts are what Helm takes. */
    CHART(Severity.ERROR, "Charts are archives that Helm loads, as 'helm package' writes them."),
    /** Charts say what they are for. */
    CHART_YAML(Severity.WARNING, "The Chart.yaml of a chart says an 'apiVersion' that Helm 3 knows: v1 or v2."),
    /** Values are there. */
    VALUES_MISSING(Severity.ERROR, "values.yaml is in the pack."),
    /** Values can be read. */
    VALUES(Severity.ERROR, "values.yaml is YAML, and holds keys with values, or nothing."),
    /** Values can be read once their macros are replaced. */
    VALUES_MACRO(Severity.WARNING, "values.yaml is YAML even before its macros are replaced: they stand in quotes."),
    /** Values belong to a chart or manifest of the pack. */
    VALUES_KEY(
            Severity.WARNING,
            "Keys under 'charts' and 'manifests' in values.yaml are those of the pack's charts and manifests."),
    /** Manifests can be read. */
    MANIFEST(Severity.ERROR, "Manifests are YAML, unless they are templates."),
    /** Manifests are what a cluster takes. */
    MANIFEST_OBJECT(
            Severity.WARNING, "Manifests hold objects with 'apiVersion' and 'kind', unless they are templates."),
    /** Presets can be chosen. */
    PRESETS(
            Severity.WARNING,
            "presets.yaml, where there is one, is a list of presets as Palette's API describes them."),
    /** Values are described. */
    VALUES_SCHEMA(
            Severity.WARNING, "schema.yaml, where there is one, has a 'schema' for each key of values.yaml it names."),
    /** No value hides another. */
    YAML_DUPLICATE_KEY(Severity.WARNING, "No key stands twice in one mapping of a YAML file."),
    /** Go reads what is YAML. */
    YAML_GO(
            Severity.WARNING,
            "YAML files hold nothing that YAML allows and go-yaml, which Helm and Kubernetes use, refuses."),
    /** Files are small enough to be checked. */
    YAML_SIZE(Severity.WARNING, "YAML files are small enough to be checked."),
    /** Nothing secret is published. */
    SECRET(
            Severity.WARNING,
            "No file looks like a secret: a private key, a login, a kubeconfig, credentials of a cloud."),
    /** A pack does not hold itself. */
    EARLIER_ARCHIVE(Severity.WARNING, "No archive of the pack that was made earlier, NAME-VERSION.tar.gz, lies in it."),
    /** Large files were fetched. */
    GIT_LFS(Severity.WARNING, "No file is a pointer of Git LFS."),
    /** The pack has a logo. */
    LOGO_MISSING(Severity.WARNING, "logo.png is in the pack."),
    /** The logo is an image of the right kind. */
    LOGO(Severity.WARNING, "logo.png is a PNG image."),
    /** The pack says what it does. */
    README_MISSING(Severity.WARNING, "README.md is in the pack.");

    private final Severity severity;
    private final boolean needed;
    private final String requirement;

    Rule(Severity severity, String requirement) {
        this(severity, false, requirement);
    }

    Rule(Severity severity, boolean needed, String requirement) {
        this.severity = severity;
        this.needed = needed;
        this.requirement = requirement;
    }

    /** The rule's name for people and programs; stays the same for ever. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How much a finding of this rule matters. */
    public Severity severity() {
        return severity;
    }

    /** Whether publishing itself needs it, so that it is checked at every level. */
    public boolean isNeeded() {
        return needed;
    }

    /** What the rule asks for: a whole sentence. */
    public String requirement() {
        return requirement;
    }
}
