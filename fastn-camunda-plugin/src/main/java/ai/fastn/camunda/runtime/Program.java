package ai.fastn.camunda.runtime;

import ai.fastn.camunda.workflow.ConnectorVersions;
import java.util.Map;

/**
 * All code of one process definition, collected from its BPMN.
 *
 * @param fileName how the code is called in stack traces: {@code <slug>.js}
 * @param prelude the shared variables and functions, a strict script
 * @param scripts by element id
 * @param connectors versions that the workflow was published with
 */
public record Program(String fileName, String prelude, Map<String, Script> scripts, ConnectorVersions connectors) {

    public Program {
        scripts = Map.copyOf(scripts);
    }

    /**
     * The code of an element.
     *
     * @throws IllegalStateException when the process has no such script, which is our bug
     */
    public Script script(String elementId) {
        Script script = scripts.get(elementId);
        if (script == null) {
            throw new IllegalStateException("bug: " + fileName + " has no script \"" + elementId + "\"");
        }
        return script;
    }
}
