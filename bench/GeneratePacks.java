import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Writes packs of the sizes that published ones have: {@code java GeneratePacks.java FOLDER COUNT}, or one pack with a single
 * chart of that many mebibytes that does not compress: {@code java GeneratePacks.java FOLDER big MEBIBYTES}. The same
 * arguments give the same files.
 */
class GeneratePacks {

    /** Published packs: 4 to 426 files with a median of 24, and 116 MB in 220 packs. */
    private static final int MEDIAN_FILES = 24;

    private static final String[] WORDS = {
        "apiVersion", "kind", "metadata", "name", "namespace", "spec", "template", "containers", "image", "ports", "labels",
        "resources", "limits", "requests", "memory", "cpu", "replicas", "selector", "volumes", "config", "service", "enabled"
    };

    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        if (arguments[1].equals("big")) {
            big(folder, Integer.parseInt(arguments[2]));
            return;
        }
        int count = Integer.parseInt(arguments[1]);
        for (int i = 0; i < count; i++) {
            pack(folder.resolve("pack-%03d".formatted(i)), "pack-%03d".formatted(i), new Random(i));
        }
    }

    private static void pack(Path folder, String name, Random random) throws IOException {
        start(folder, name);
        int files = (int) Math.max(5, Math.min(400, Math.exp(Math.log(MEDIAN_FILES) + random.nextGaussian() * 1.1)));
        byte[] chart = gzip(text(random, 20_000 + random.nextInt(100_000)));
        Files.write(folder.resolve("charts/" + name + ".tgz"), chart);
        for (int i = 0; i < files; i++) {
            Path file = folder.resolve("charts/%s/templates/%d/file-%d.yaml".formatted(name, i % 10, i));
            Files.createDirectories(file.getParent());
            int size = (int) Math.min(200_000, Math.exp(Math.log(4_000) + random.nextGaussian() * 1.5));
            Files.write(file, text(random, size));
        }
    }

    private static void big(Path folder, int mebibytes) throws IOException {
        start(folder, "big");
        Random random = new Random(1);
        byte[] block = new byte[1024 * 1024];
        try (OutputStream stream = Files.newOutputStream(folder.resolve("charts/big.tgz"))) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                stream.write(block);
            }
        }
    }

    private static void start(Path folder, String name) throws IOException {
        Files.createDirectories(folder.resolve("charts"));
        Files.writeString(
                folder.resolve("pack.json"),
                """
                {"name": "%s", "displayName": "%s", "version": "1.0.0", "layer": "addon", "addonType": "logging",
                 "cloudTypes": ["all"], "charts": ["charts/%s.tgz"]}
                """
                        .formatted(name, name, name));
        Files.writeString(folder.resolve("values.yaml"), "pack:\n  namespace: " + name + "\n");
        Files.writeString(folder.resolve("README.md"), "# " + name + "\n");
        Files.write(folder.resolve("logo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    }

    private static byte[] text(Random random, int size) {
        StringBuilder text = new StringBuilder(size + 40);
        while (text.length() < size) {
            text.append("  ".repeat(random.nextInt(6)))
                    .append(WORDS[random.nextInt(WORDS.length)])
                    .append(": ")
                    .append(random.nextInt(5) == 0 ? Long.toHexString(random.nextLong()) : WORDS[random.nextInt(WORDS.length)])
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
