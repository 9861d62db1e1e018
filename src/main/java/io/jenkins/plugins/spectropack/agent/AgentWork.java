package io.jenkins.plugins.spectropack.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.CopyRun;
import io.jenkins.plugins.spectropack.engine.publish.CopySettings;
import io.jenkins.plugins.spectropack.engine.publish.EntryPoint;
import io.jenkins.plugins.spectropack.engine.publish.ListResult;
import io.jenkins.plugins.spectropack.engine.publish.ListRun;
import io.jenkins.plugins.spectropack.engine.publish.PackSelector;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishRun;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.publish.RetireResult;
import io.jenkins.plugins.spectropack.engine.publish.RetireRun;
import io.jenkins.plugins.spectropack.engine.publish.RetireSettings;
import io.jenkins.plugins.spectropack.engine.publish.ValidateResult;
import io.jenkins.plugins.spectropack.engine.publish.ValidateRun;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A use case of the engine with all that it needs, logins included. Made on the controller and run on the agent.
 *
 * @param <R> how it ends
 */
@Restricted(NoExternalUse.class)
public sealed interface AgentWork<R extends Serializable> extends Serializable {

    /**
     * Does the work. Runs on the agent.
     *
     * @throws IOException with a sentence if the machine fails
     */
    R run(EntryPoint entryPoint, Report report) throws IOException, InterruptedException;

    /** What the agent is to answer with; nobody may rely on it that it does. */
    Class<R> answer();

    /** Whether ECR is asked, which takes far more libraries than other registries do. */
    boolean asksEcr();

    /**
     * Publishing.
     *
     * @param palette null to leave Palette alone
     */
    @Restricted(NoExternalUse.class)
    record Publish(
            PublishSettings settings,
            RegistryTarget registry,
            @CheckForNull PaletteTarget palette) implements AgentWork<PublishResult> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<PublishResult> answer() {
            return PublishResult.class;
        }

        @Override
        public boolean asksEcr() {
            return registry.isEcr();
        }

        @Override
        public PublishResult run(EntryPoint entryPoint, Report report) throws IOException, InterruptedException {
            return new PublishRun(settings, registry, Optional.ofNullable(palette), entryPoint, report).run();
        }
    }

    /**
     * Copying.
     *
     * @param palette null to leave Palette alone
     */
    @Restricted(NoExternalUse.class)
    record Copy(
            CopySettings settings,
            RegistryTarget from,
            RegistryTarget to,
            @CheckForNull PaletteTarget palette) implements AgentWork<PublishResult> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<PublishResult> answer() {
            return PublishResult.class;
        }

        @Override
        public boolean asksEcr() {
            return from.isEcr() || to.isEcr();
        }

        @Override
        public PublishResult run(EntryPoint entryPoint, Report report) throws InterruptedException {
            return new CopyRun(settings, from, to, Optional.ofNullable(palette), entryPoint, report).run();
        }
    }

    /**
     * Retiring, which was confirmed by whoever wrote the step.
     *
     * @param palette null to delete whatever the settings say
     */
    @Restricted(NoExternalUse.class)
    record Retire(
            RetireSettings settings,
            RegistryTarget registry,
            @CheckForNull PaletteTarget palette) implements AgentWork<RetireResult> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<RetireResult> answer() {
            return RetireResult.class;
        }

        @Override
        public boolean asksEcr() {
            return registry.isEcr();
        }

        @Override
        public RetireResult run(EntryPoint entryPoint, Report report) throws InterruptedException {
            return new RetireRun(settings, registry, Optional.ofNullable(palette), entryPoint, going -> true, report)
                    .run();
        }
    }

    /**
     * Listing.
     *
     * @param packs which ones; none for all
     */
    @Restricted(NoExternalUse.class)
    record Listing(List<PackSelector> packs, RegistryTarget registry) implements AgentWork<ListResult> {

        private static final long serialVersionUID = 1L;

        /** Takes a copy. */
        public Listing {
            packs = List.copyOf(packs);
        }

        @Override
        public Class<ListResult> answer() {
            return ListResult.class;
        }

        @Override
        public boolean asksEcr() {
            return registry.isEcr();
        }

        @Override
        public ListResult run(EntryPoint entryPoint, Report report) throws InterruptedException {
            return new ListRun(packs, registry, entryPoint, report).run();
        }
    }

    /** Checking, which sends nothing. */
    @Restricted(NoExternalUse.class)
    record Validate(List<String> packs, Validation validation) implements AgentWork<ValidateResult> {

        private static final long serialVersionUID = 1L;

        /** Takes a copy. */
        public Validate {
            packs = List.copyOf(packs);
        }

        @Override
        public Class<ValidateResult> answer() {
            return ValidateResult.class;
        }

        @Override
        public boolean asksEcr() {
            return false;
        }

        @Override
        public ValidateResult run(EntryPoint entryPoint, Report report) throws IOException, InterruptedException {
            return new ValidateRun(packs, validation, entryPoint.folder(), entryPoint.confined(), report).run();
        }
    }
}
