package io.jenkins.plugins.spectropack.agent;

import hudson.remoting.Channel;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.publish.RetiredPack;
import java.io.NotSerializableException;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

/** Stays where it is when it is sent to an agent, where calls of what arrives come back here. */
final class ExportedProgress implements WorkProgress, SerializableOnlyOverRemoting {

    private static final long serialVersionUID = 1L;

    private final transient WorkProgress target;

    ExportedProgress(WorkProgress target) {
        this.target = target;
    }

    private Object writeReplace() throws NotSerializableException {
        Channel channel = getChannelForSerialization();
        return channel.export(WorkProgress.class, target);
    }

    @Override
    public void begins(int packs) {
        target.begins(packs);
    }

    @Override
    public void ended(PublishedPack pack) {
        target.ended(pack);
    }

    @Override
    public void retired(RetiredPack pack) {
        target.retired(pack);
    }
}
