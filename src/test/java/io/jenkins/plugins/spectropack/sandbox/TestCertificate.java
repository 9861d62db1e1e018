package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for 127.0.0.1, localhost and other names that signed itself, so that only those trust it who are told to. */
public final class TestCertificate {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "sandbox";
    private static final String STORE = "sandbox.p12";

    private final Path folder;
    private final KeyStore store;

    private TestCertificate(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** Makes a certificate and its key in a folder, for these other names too. */
    public static TestCertificate create(Path folder, String... names) throws IOException, InterruptedException {
        Path file = folder.resolve(STORE);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = List.of(
                keytool,
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                "CN=sandbox",
                "-ext",
                "bc:critical=ca:true",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost"
                        + Stream.of(names).map(name -> ",dns:" + name).collect(Collectors.joining()),
                "-validity",
                "7");
        Tools.Result result = Tools.run(folder, Map.of(), command);
        if (result.exitCode() != 0) {
            throw new IOException("keytool: " + result.output());
        }
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            TestCertificate made = new TestCertificate(folder, store);
            write(made.certificate(), "CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
            write(made.key(), "PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded());
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The certificate, in PEM. */
    public Path certificate() {
        return folder.resolve("cert.pem");
    }

    /** The options with which a Java process trusts it, and no other certificate. */
    public List<String> trustingJava() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + folder.resolve(STORE),
                "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
    }

    /** Its key, in PEM. */
    public Path key() {
        return folder.resolve("key.pem");
    }

    /** Signs a text as JSON Web Signature does. Source: RFC 7518, "Digital Signature with ECDSA". */
    byte[] sign(byte[] content) throws GeneralSecurityException {
        ECPrivateKey key = (ECPrivateKey) store.getKey(ALIAS, PASSWORD);
        Signature signature = Signature.getInstance("SHA" + keySize(key) + "withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(content);
        return signature.sign();
    }

    /** The name of {@link #sign}'s algorithm. */
    String signatureAlgorithm() throws GeneralSecurityException {
        return "ES" + keySize((ECPrivateKey) store.getKey(ALIAS, PASSWORD));
    }

    private static int keySize(ECPrivateKey key) {
        return key.getParams().getCurve().getField().getFieldSize();
    }

    /** The certificate, DER in base64. */
    String encoded() throws GeneralSecurityException {
        return Base64.getEncoder().encodeToString(store.getCertificate(ALIAS).getEncoded());
    }

    /** What a server needs to show the certificate, for {@link EcrSandbox.Builder#tls}. */
    public SSLContext serverContext() {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String type, byte[] content) throws IOException {
        byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
        String body = Base64.getMimeEncoder(64, newline).encodeToString(content);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }
}
