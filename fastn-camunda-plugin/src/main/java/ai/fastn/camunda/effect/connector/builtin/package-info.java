/** The connectors that come with the plugin: HTTP, SQL, e-mail, Slack, files, and the process engine itself. */
@NullMarked
package ai.fastn.camunda.effect.connector.builtin;

import org.jspecify.annotations.NullMarked;
