package ai.fastn.camunda.runtime;

/**
 * One piece of author code of a process.
 *
 * @param elementId id of its BPMN element: a script task, a sequence flow (condition) or a timer event (wait)
 * @param line line in the author's text where it begins, from 1; positions in errors come out as the author's
 * @param column column in that line, from 1
 * @param form whether the text is statements or one expression
 * @param returns whether what it gives back is the result of the workflow
 */
public record Script(String elementId, String text, int line, int column, Form form, boolean returns) {

    /** How the text is wrapped into a function. */
    public enum Form {
        STATEMENTS,
        EXPRESSION
    }
}
