package ai.fastn.camunda.compiler.slice;

import java.util.Optional;

/**
 * What one piece of a step does.
 *
 * @param order its rank among all pieces of the workflow, in the order they were cut: laying steps together or apart
 *     changes no rank
 * @param place where the author wrote it; none for what only the compiler needs
 * @param meaning the words that an id is made of, out of the piece's own text; empty where it says nothing
 * @param sentence what a step that does only this is called
 * @param effects how many of the step's effects the sentence speaks for
 */
public record Deed(int order, Optional<Place> place, String meaning, String sentence, int effects) {}
