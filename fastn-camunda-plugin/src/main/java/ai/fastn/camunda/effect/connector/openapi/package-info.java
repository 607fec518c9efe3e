/** Makes connector definitions of OpenAPI documents. */
@NullMarked
package ai.fastn.camunda.effect.connector.openapi;

import org.jspecify.annotations.NullMarked;
