/**
 * What crosses to an agent and works there: the callable with the work of one step, and Jenkins' proxy, which an agent does not know. Made
 * on the controller; carries ids and values, logins included, and is never stored.
 */
package io.jenkins.plugins.spectropack.agent;
