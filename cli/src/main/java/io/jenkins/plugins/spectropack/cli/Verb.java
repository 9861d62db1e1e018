package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command, with the manners that all of them share: {@code --help}, {@code --quiet}, {@code --verbose}, {@code --color}, one
 * way to tell what went wrong, and results on standard output only.
 */
@Command(
        abbreviateSynopsis = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        versionProvider = SpectroPack.Version.class)
abstract class Verb implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Manners manners = new Manners();

    private Output output;

    /**
     * Does the work.
     *
     * @return the exit code
     * @throws IllegalArgumentException with a sentence if an option or an argument is wrong
     * @throws PackException with a sentence if there is no such pack
     * @throws IOException with a sentence if something else failed that may
     */
    abstract int run() throws IOException, InterruptedException;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        try {
            return run();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (PackException e) {
            output().error(e.getMessage());
            return ExitCode.INVALID_PACK;
        }
    }

    /** Whose words messages of the engine use for settings; empty for the common ones. See {@code settings.properties}. */
    String speaker() {
        return "";
    }

    /** Where results go, and nothing else. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where all goes that is no result. */
    final Output output() {
        if (output == null) {
            output = new Output(spec.commandLine().getErr(), manners);
        }
        return output;
    }

    /** What the environment says, with requests that are told as asked. */
    final Environment environment() {
        return new Environment(System::getenv, manners.verbose() ? output()::request : request -> {});
    }

    final Manners manners() {
        return manners;
    }
}
