/** Accounts, tenants and access keys. */
@NullMarked
package ai.fastn.camunda.access;

import org.jspecify.annotations.NullMarked;
