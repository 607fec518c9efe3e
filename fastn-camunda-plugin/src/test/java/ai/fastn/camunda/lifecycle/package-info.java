@NullMarked
package ai.fastn.camunda.lifecycle;

import org.jspecify.annotations.NullMarked;
