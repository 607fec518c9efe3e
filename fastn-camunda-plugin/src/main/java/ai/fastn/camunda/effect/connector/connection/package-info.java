/** Connections of tenants to services: their credentials, OAuth 2.0, and which of them a call uses. */
@NullMarked
package ai.fastn.camunda.effect.connector.connection;

import org.jspecify.annotations.NullMarked;
