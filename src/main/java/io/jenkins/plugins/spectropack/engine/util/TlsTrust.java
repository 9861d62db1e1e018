package io.jenkins.plugins.spectropack.engine.util;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Which certificates of a registry are trusted: those that this machine's Java trusts, those of a private CA as well, or any.
 *
 * @param caCertificates of private CAs, in PEM; blank for none
 * @param skipsVerification whether any certificate is accepted
 */
public record TlsTrust(String caCertificates, boolean skipsVerification) implements Serializable {

    /** What Java trusts. */
    public static final TlsTrust DEFAULT = new TlsTrust("", false);

    private static final long serialVersionUID = 1L;

    /** Blank means none. */
    public TlsTrust {
        caCertificates = caCertificates == null ? "" : caCertificates.strip();
    }

    /** Says what is wrong with the certificates of a registry's private CA; empty if they are fine or not given. */
    public static Optional<String> problem(String caCertificates) {
        return problem(caCertificates, Setting.CA_CERTIFICATE);
    }

    /**
     * Says what is wrong with the certificates of a private CA; empty if they are fine or not given.
     *
     * @param setting where they were given
     */
    public static Optional<String> problem(String caCertificates, Setting setting) {
        if (caCertificates == null || caCertificates.isBlank()) {
            return Optional.empty();
        }
        if (caCertificates.contains("PRIVATE KEY")) {
            return Optional.of(
                    "The CA certificate holds a private key. Give the certificate only as " + setting.words() + ".");
        }
        try {
            return parse(caCertificates).isEmpty() ? Optional.of(notPem(setting)) : Optional.empty();
        } catch (CertificateException e) {
            return Optional.of(notPem(setting));
        }
    }

    private static String notPem(Setting setting) {
        return "The CA certificate is not one in PEM. Check " + setting.words() + ": the text goes from"
                + " -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, both lines included.";
    }

    private static Collection<? extends Certificate> parse(String pem) throws CertificateException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Trusts the private CAs in addition to what this machine's Java trusts.
     *
     * @return nothing where there is no private CA
     * @throws IllegalArgumentException with a sentence if the certificates cannot be read
     */
    public Optional<TrustManager[]> trustManagers() {
        problem(caCertificates).ifPresent(text -> {
            throw new IllegalArgumentException(text);
        });
        if (caCertificates.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyStore both = KeyStore.getInstance(KeyStore.getDefaultType());
            both.load(null, null);
            int number = 0;
            for (TrustManager manager : trustManagers(null)) {
                if (manager instanceof X509TrustManager x509) {
                    for (X509Certificate trusted : x509.getAcceptedIssuers()) {
                        both.setCertificateEntry("java-" + number++, trusted);
                    }
                }
            }
            for (Certificate given : parse(caCertificates)) {
                both.setCertificateEntry("given-" + number++, given);
            }
            return Optional.of(trustManagers(both));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "The CA certificate cannot be added to those that Java trusts: " + e.getMessage() + ".", e);
        }
    }

    /** The trust managers for a key store; for null, those of this machine's Java. */
    private static TrustManager[] trustManagers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** What every run must say; nothing if certificates are verified. */
    public Optional<String> warning(String host) {
        return skipsVerification
                ? Optional.of(
                        "WARNING: The certificate of " + host + " is not verified, so anybody on the way there can"
                                + " read the login and replace packs. Give the certificate of the registry's CA as "
                                + Setting.CA_CERTIFICATE.words() + " instead.")
                : Optional.empty();
    }
}
