/** What a build keeps of what was published, and shows on its page and in its REST API. Runs on the controller. */
package io.jenkins.plugins.spectropack.result;
