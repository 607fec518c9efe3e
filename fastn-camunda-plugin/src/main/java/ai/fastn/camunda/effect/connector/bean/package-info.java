/** Connectors that an operator writes in Java: annotated beans become managed connectors with typed actions. */
@NullMarked
package ai.fastn.camunda.effect.connector.bean;

import org.jspecify.annotations.NullMarked;
