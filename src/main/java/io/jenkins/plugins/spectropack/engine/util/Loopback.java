package io.jenkins.plugins.spectropack.engine.util;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Which hosts are this very machine, where alone plain HTTP is taken. */
public final class Loopback {

    private Loopback() {}

    /** Whether a host is this machine by its very address; a name other than {@code localhost} is never looked up. */
    public static boolean is(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        boolean literal = host.startsWith("[") || host.matches("[0-9.]+");
        if (!literal) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return (address instanceof Inet4Address || address instanceof Inet6Address) && address.isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
