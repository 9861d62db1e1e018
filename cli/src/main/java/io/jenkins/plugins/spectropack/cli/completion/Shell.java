package io.jenkins.plugins.spectropack.cli.completion;

import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** A shell that can be taught what to complete. */
public enum Shell {
    BASH("spectro-pack.bash", BashCompletion::script),
    ZSH("_spectro-pack", ZshCompletion::script),
    FISH("spectro-pack.fish", FishCompletion::script);

    private final String file;
    private final BiFunction<String, List<Completed>, String> script;

    Shell(String file, BiFunction<String, List<Completed>, String> script) {
        this.file = file;
        this.script = script;
    }

    /** The name that the script must have where the shell looks for it by itself. */
    public String file() {
        return file;
    }

    /** The script, which defines what is completed and does nothing else. */
    public String script(CommandLine line) {
        return script.apply(line.getCommandName(), Completed.of(line));
    }
}
