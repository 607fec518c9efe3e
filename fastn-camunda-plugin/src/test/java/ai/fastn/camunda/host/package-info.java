/** A small host application around the plugin, for tests that need all of it. */
@NullMarked
package ai.fastn.camunda.host;

import org.jspecify.annotations.NullMarked;
