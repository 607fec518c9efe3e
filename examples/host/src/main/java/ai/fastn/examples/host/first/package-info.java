/** What happens at the first start: a demo tenant with key and secrets, the examples deployed, one of them executed. */
@NullMarked
package ai.fastn.examples.host.first;

import org.jspecify.annotations.NullMarked;
