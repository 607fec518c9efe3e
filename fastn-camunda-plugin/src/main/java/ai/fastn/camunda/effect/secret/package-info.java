/** {@code fastn.secrets}: secrets sealed at rest, and how they are kept out of every text that leaves a run. */
@NullMarked
package ai.fastn.camunda.effect.secret;

import org.jspecify.annotations.NullMarked;
