/** How statements are executed, whatever table they are for. */
@NullMarked
package ai.fastn.camunda.database;

import org.jspecify.annotations.NullMarked;
