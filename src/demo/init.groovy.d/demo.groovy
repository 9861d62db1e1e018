import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl
import com.cloudbees.plugins.credentials.CredentialsScope
import com.cloudbees.plugins.credentials.SystemCredentialsProvider
import hudson.FilePath
import hudson.model.FreeStyleProject
import hudson.model.TopLevelItem
import io.jenkins.plugins.spectropack.config.EcrRegistry
import io.jenkins.plugins.spectropack.step.SpectroPackBuilder
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

// Prepares a Jenkins for trying the plugin, each time that it starts: a fake of ECR in the same process, its keys as a
// credential, and two jobs with the example packs in their workspaces. What is there already, but for the keys, is kept.

String credentialsId = 'aws-packs'
String repositoryName = 'spectro-oci-registry'
Jenkins jenkins = Jenkins.get()

URL classes = new File(System.getProperty('spectropack.demo.classes')).toURI().toURL()
ClassLoader loader = new URLClassLoader([classes] as URL[], jenkins.pluginManager.uberClassLoader)
// The port stays the same, since it stands in the jobs.
int port = Integer.getInteger('spectropack.demo.port')
def sandbox
try {
    sandbox = loader.loadClass('io.jenkins.plugins.spectropack.sandbox.EcrSandbox').builder().port(port).start()
} catch (BindException e) {
    throw new IllegalStateException("Another program listens on port ${port}, perhaps another demo. Choose a free one with"
        + ' -Dspectropack.demo.port=PORT, and delete the folder work, where the jobs name the other port.', e)
}
Runtime.runtime.addShutdownHook(new Thread({ sandbox.close() }))

def system = SystemCredentialsProvider.instance
system.credentials.removeIf { it instanceof AWSCredentialsImpl && it.id == credentialsId }
system.credentials.add(new AWSCredentialsImpl(
    CredentialsScope.GLOBAL, credentialsId, sandbox.accessKeyId(), sandbox.secretAccessKey(), 'A fake of AWS ECR'))
system.save()

def prepare = { TopLevelItem job ->
    FilePath packs = jenkins.getWorkspaceFor(job).child('packs')
    if (!packs.exists()) {
        new FilePath(new File(System.getProperty('spectropack.demo.examples'))).copyRecursiveTo(packs)
    }
}

FreeStyleProject freestyle = jenkins.getItem('freestyle')
if (freestyle == null) {
    freestyle = jenkins.createProject(FreeStyleProject, 'freestyle')
    EcrRegistry registry = new EcrRegistry(repositoryName, sandbox.region())
    registry.credentialsId = credentialsId
    registry.endpoint = sandbox.endpoint().toString()
    SpectroPackBuilder builder = new SpectroPackBuilder('packs/*')
    builder.registry = registry
    freestyle.buildersList.add(builder)
    freestyle.save()
}
prepare(freestyle)

WorkflowJob pipeline = jenkins.getItem('pipeline')
if (pipeline == null) {
    pipeline = jenkins.createProject(WorkflowJob, 'pipeline')
    pipeline.definition = new CpsFlowDefinition("""\
node {
    publishSpectroPack packs: 'packs/*',
        registry: ecr(repositoryName: '${repositoryName}', region: '${sandbox.region()}', credentialsId: '${credentialsId}',
            endpoint: '${sandbox.endpoint()}')
}
""", true)
    pipeline.save()
}
prepare(pipeline)

jenkins.systemMessage = """\
A fake of AWS ECR listens at ${sandbox.endpoint()}, in region ${sandbox.region()}, and takes the credential ${credentialsId}. \
It forgets everything when this Jenkins ends."""
jenkins.save()
return sandbox
