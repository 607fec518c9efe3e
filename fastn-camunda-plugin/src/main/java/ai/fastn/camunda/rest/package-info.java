/** JSON over HTTP, one controller per feature. */
@NullMarked
package ai.fastn.camunda.rest;

import org.jspecify.annotations.NullMarked;
