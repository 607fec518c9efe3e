package ai.fastn.camunda.compiler.slice;

/**
 * Steps that share what happens when they throw.
 *
 * @param number from 0, the workflow itself
 * @param parent the region around it, -1 for the workflow
 * @param entry number of its first step
 */
public record Region(int number, int parent, int entry) {}
