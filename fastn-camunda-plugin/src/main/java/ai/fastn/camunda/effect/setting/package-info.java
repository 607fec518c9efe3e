/** {@code fastn.envConfig}: settings of a tenant that differ by environment. */
@NullMarked
package ai.fastn.camunda.effect.setting;

import org.jspecify.annotations.NullMarked;
