package io.jenkins.plugins.spectropack.agent;

import hudson.AbortException;
import hudson.FilePath;
import hudson.PluginWrapper;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.Sarif;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jenkins.MasterToSlaveFileCallable;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Writes findings as SARIF into the workspace, where what shows them looks for files. */
@Restricted(NoExternalUse.class)
public final class SarifInWorkspace extends MasterToSlaveFileCallable<Void> {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final ArrayList<PackFinding> findings;
    private final boolean complete;
    private final String version;

    /**
     * Prepares the file. Runs on the controller.
     *
     * @param file relative to the workspace
     * @param complete whether all packs that were asked for were checked
     */
    public SarifInWorkspace(String file, List<PackFinding> findings, boolean complete) {
        this.file = file;
        this.findings = new ArrayList<>(findings);
        this.complete = complete;
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(SarifInWorkspace.class);
        version = plugin == null ? "" : plugin.getVersion();
    }

    /**
     * Writes the file, or replaces it, with the folders that it needs.
     *
     * @throws AbortException with a sentence if that is not possible
     */
    public void in(FilePath workspace) throws AbortException, InterruptedException {
        try {
            workspace.act(this);
        } catch (IOException e) {
            throw new AbortException(Messages.SarifInWorkspace_notWritten(file, Reasons.of(e)));
        }
    }

    @Override
    public Void invoke(File workspace, VirtualChannel channel) throws IOException {
        Path root = workspace.toPath();
        if (Files.notExists(root)) {
            // A build that has written nothing yet has no workspace.
            Files.createDirectories(root);
        }
        root = root.toRealPath();
        Path target = inside(root);
        // Links are followed only as far as they stay in the workspace; what is at the file's own place is replaced.
        Path folder = Objects.requireNonNull(target.getParent());
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent());
        }
        if (!existing.toRealPath().startsWith(root)) {
            throw outside();
        }
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, "findings", ".sarif");
        try {
            Files.writeString(written, Sarif.text(findings, root, complete, version));
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
        return null;
    }

    private Path inside(Path root) throws IOException {
        Path target;
        try {
            target = root.resolve(file).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("this is not the name of a file", e);
        }
        if (!target.startsWith(root) || target.equals(root)) {
            throw outside();
        }
        if (Files.isDirectory(target)) {
            throw new IOException("this is a folder");
        }
        return target;
    }

    private static IOException outside() {
        return new IOException("this is no file within the workspace");
    }
}
