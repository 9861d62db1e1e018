package io.jenkins.plugins.spectropack.engine.util;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.sandbox.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTrustTest {

    @TempDir
    private Path folder;

    private static List<X509Certificate> trusted(TrustManager[] managers) {
        return Arrays.asList(((X509TrustManager) managers[0]).getAcceptedIssuers());
    }

    @Test
    void privateCasAreTrustedBesidesThoseOfJava() throws Exception {
        String pem = Files.readString(TestCertificate.create(folder).certificate());
        TrustManagerFactory java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.init((KeyStore) null);
        List<X509Certificate> before = trusted(java.getTrustManagers());

        List<X509Certificate> after =
                trusted(new TlsTrust(pem, false).trustManagers().orElseThrow());

        assertThat(before).isNotEmpty();
        assertThat(after).containsAll(before).hasSize(before.size() + 1);
        assertThat(TlsTrust.DEFAULT.trustManagers()).isEmpty();
    }

    @Test
    void whatIsNoCertificateIsTold() throws Exception {
        String key = Files.readString(TestCertificate.create(folder).key());

        assertThat(TlsTrust.problem(key))
                .hasValueSatisfying(text -> assertThat(text).contains("holds a private key"));
        assertThat(TlsTrust.problem("nonsense"))
                .hasValueSatisfying(text -> assertThat(text).contains("is not one in PEM"));
        assertThat(TlsTrust.problem(" ")).isEmpty();
        assertThat(TlsTrust.problem(null)).isEmpty();
    }
}
