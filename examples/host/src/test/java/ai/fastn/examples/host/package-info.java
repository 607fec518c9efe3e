/** Tests of the example host. */
@NullMarked
package ai.fastn.examples.host;

import org.jspecify.annotations.NullMarked;
