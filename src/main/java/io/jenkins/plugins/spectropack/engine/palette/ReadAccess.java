package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.IamForms;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What Palette itself reads a registry with, once the registry was added there. Travels from the controller to the agent and is
 * never stored by us, since it may hold a secret; shows that nowhere. Values that are wrong are told as
 * {@link IllegalArgumentException} with a sentence where they are made.
 */
public sealed interface ReadAccess extends Serializable {

    /** Whether it opens a registry of AWS ECR; another OCI registry otherwise. */
    boolean isForEcr();

    /** What must be in no text that anybody sees. */
    List<String> secrets();

    /**
     * A role in the registry's AWS account that Palette's account may assume. Nothing secret: the external id is no password.
     *
     * @param arn {@code arn:aws:iam::ACCOUNT:role/NAME}
     * @param externalId what the role's trust policy asks for
     */
    record Role(String arn, String externalId) implements ReadAccess {

        private static final long serialVersionUID = 1L;

        /** Refuses what cannot be a role. */
        public Role {
            arn = strip(arn);
            externalId = strip(externalId);
            arnProblem(arn).ifPresent(ReadAccess::refuse);
            externalIdProblem(externalId).ifPresent(ReadAccess::refuse);
        }

        /** Says what is wrong with the ARN of a role; empty if it may be one. */
        public static Optional<String> arnProblem(String arn) {
            return IamForms.isRoleArn(strip(arn))
                    ? Optional.empty()
                    : Optional.of("The ARN of the role that Palette reads with is missing or none. Give one such as"
                            + " arn:aws:iam::123456789012:role/palette as " + Setting.PALETTE_ROLE.words() + ".");
        }

        /** Says what is wrong with an external id; empty if it may be one. */
        public static Optional<String> externalIdProblem(String externalId) {
            return IamForms.isExternalId(strip(externalId))
                    ? Optional.empty()
                    : Optional.of("The external id that the role's trust policy asks for ("
                            + Setting.PALETTE_EXTERNAL_ID.words() + ") is missing or none."
                            + " Palette shows it where a role is entered, and 'spectro-pack register"
                            + " --show-trust-policy' prints it.");
        }

        /** The partition of AWS that the role is in. */
        String partition() {
            return arn.split(":", 3)[1];
        }

        @Override
        public boolean isForEcr() {
            return true;
        }

        @Override
        public List<String> secrets() {
            return List.of();
        }
    }

    /**
     * Keys of an AWS user of its own for Palette.
     *
     * @param accessKeyId not secret
     * @param secretAccessKey secret
     */
    record Keys(String accessKeyId, String secretAccessKey) implements ReadAccess {

        private static final long serialVersionUID = 1L;

        /** Refuses keys that are not there. */
        public Keys {
            accessKeyId = strip(accessKeyId);
            secretAccessKey = strip(secretAccessKey);
            if (accessKeyId.isEmpty() || secretAccessKey.isEmpty()) {
                refuse("The AWS keys that Palette shall read with are not whole. Give access key id and secret access"
                        + " key as " + Setting.PALETTE_KEYS.words() + ".");
            }
        }

        @Override
        public boolean isForEcr() {
            return true;
        }

        @Override
        public List<String> secrets() {
            return List.of(secretAccessKey);
        }

        @Override
        public String toString() {
            return "Keys[" + accessKeyId + "]";
        }
    }

    /**
     * A login to another registry than ECR.
     *
     * @param username not secret
     * @param password secret
     * @param caCertificates of the registry's private CA, in PEM; blank for none
     */
    record Login(String username, String password, String caCertificates) implements ReadAccess {

        private static final long serialVersionUID = 1L;

        /** Refuses a login that is not whole, and certificates that are none. */
        public Login {
            username = strip(username);
            password = Objects.requireNonNullElse(password, "");
            caCertificates = strip(caCertificates);
            if (username.isEmpty() || password.isEmpty()) {
                refuse("The login that Palette shall read with is not whole. Give user name and password as "
                        + Setting.PALETTE_LOGIN.words() + ".");
            }
            TlsTrust.problem(caCertificates, Setting.PALETTE_READS_CA_CERTIFICATE)
                    .ifPresent(ReadAccess::refuse);
        }

        @Override
        public boolean isForEcr() {
            return false;
        }

        @Override
        public List<String> secrets() {
            return List.of(password);
        }

        @Override
        public String toString() {
            return "Login[" + username + "]";
        }
    }

    private static String strip(String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    private static void refuse(String problem) {
        throw new IllegalArgumentException(problem);
    }
}
