/** The REST API as a client sees it, against a whole host. */
@NullMarked
package ai.fastn.camunda.rest;

import org.jspecify.annotations.NullMarked;
