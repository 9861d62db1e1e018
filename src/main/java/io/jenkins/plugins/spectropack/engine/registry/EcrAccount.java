package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes sure that a registry of ECR belongs to the account that the user means. */
final class EcrAccount {

    // Source: the ECR user guide, "Private registry authentication", and the dual-stack and FIPS forms of the host.
    private static final Pattern ACCOUNT_IN_HOST = Pattern.compile("([0-9]{12})\\.dkr[.-]ecr(-fips)?\\..*");

    private final String expected;
    private final RegistryAddress address;

    /**
     * Takes what is expected.
     *
     * @param expected twelve digits; empty for any account
     */
    EcrAccount(String expected, RegistryAddress address) {
        this.expected = expected;
        this.address = address;
    }

    /** Asks AWS which account a registry belongs to. */
    @FunctionalInterface
    interface Question {
        Optional<String> ask() throws RegistryException, InterruptedException;
    }

    /**
     * Checks the account before anything is sent.
     *
     * @param question is asked where the host does not tell
     * @return the registry's account, as far as it is known
     * @throws RegistryException if it is another one
     */
    Optional<String> check(Question question, ProgressListener listener)
            throws RegistryException, InterruptedException {
        Matcher matcher = ACCOUNT_IN_HOST.matcher(address.host());
        Optional<String> account = matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        if (expected.isEmpty()) {
            return account;
        }
        if (account.isEmpty()) {
            account = question.ask();
        }
        if (account.isEmpty()) {
            listener.log("Which account " + address.host() + " belongs to is not known yet; the account id is checked"
                    + " against what ECR says of the repositories.");
        }
        require(account);
        return account;
    }

    /**
     * Compares what ECR says with what is expected.
     *
     * @param account empty if ECR did not tell
     * @throws RegistryException if it is another one
     */
    void require(Optional<String> account) throws RegistryException {
        if (account.isPresent() && !expected.isEmpty() && !account.get().equals(expected)) {
            throw RegistryException.permanent("The account id is " + expected
                    + ", but the credentials belong to the registry of account " + account.get() + " at "
                    + address.host() + ". Check " + Setting.ACCOUNT_ID.words() + ", or use credentials of that account."
                    + " No pack was sent.");
        }
    }
}
