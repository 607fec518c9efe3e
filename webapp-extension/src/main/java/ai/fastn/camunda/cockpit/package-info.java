/**
 * The Cockpit side of Fastn: hands the browser the pages that npm built; the pages talk to the plugin's REST resources.
 */
@NullMarked
package ai.fastn.camunda.cockpit;

import org.jspecify.annotations.NullMarked;
