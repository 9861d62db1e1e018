package io.jenkins.plugins.spectropack.bench;

/** The least that a Java program can do: what starting any of them costs. */
final class OneLine {

    private OneLine() {}

    public static void main(String... arguments) {
        System.out.println("One line.");
    }
}
