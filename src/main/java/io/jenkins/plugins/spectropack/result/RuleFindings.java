package io.jenkins.plugins.spectropack.result;

import edu.umd.cs.findbugs.annotations.NonNull;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import java.util.Arrays;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The findings of one rule on a page. */
@Restricted(NoExternalUse.class)
public final class RuleFindings {

    private final String rule;
    private final List<PackFinding> findings;

    RuleFindings(String rule, List<PackFinding> findings) {
        this.rule = rule;
        this.findings = List.copyOf(findings);
    }

    /** The rule's id. */
    public String getRule() {
        return rule;
    }

    /** What the rule asks for, in a sentence; empty for a rule that only another version of this plugin knows. */
    @NonNull
    public String getRequirement() {
        return Arrays.stream(Rule.values())
                .filter(known -> known.id().equals(rule))
                .map(Rule::requirement)
                .findFirst()
                .orElse("");
    }

    /** Whether all of them leave packs valid unless validation is strict. */
    public boolean isWarning() {
        return findings.stream().allMatch(PackFinding::isWarning);
    }

    /** How many findings there are, with those that are not told one by one. */
    public long getCount() {
        return findings.stream().mapToLong(PackFinding::getCount).sum();
    }

    /** The findings. */
    public List<PackFinding> getFindings() {
        return findings;
    }
}
