package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;

/** Ends the handling of a request so that its connection is closed with no further word. */
final class ConnectionCut extends IOException {

    ConnectionCut(String why) {
        super(why);
    }
}
