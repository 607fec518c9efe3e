/** The example host: Camunda 7.24 with Cockpit, the Fastn plugin, an embedded PostgreSQL and demo back ends. */
@NullMarked
package ai.fastn.examples.host;

import org.jspecify.annotations.NullMarked;
