/** {@code fastn.db}: SQL in a tenant's own schema under a tenant's own login role. */
@NullMarked
package ai.fastn.camunda.effect.db;

import org.jspecify.annotations.NullMarked;
