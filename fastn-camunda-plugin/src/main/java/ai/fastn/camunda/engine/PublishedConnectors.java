package ai.fastn.camunda.engine;

import static ai.fastn.camunda.bpmn.FastnBpmn.CONNECTOR;
import static ai.fastn.camunda.bpmn.FastnBpmn.CONNECTOR_MANAGED;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;
import ai.fastn.camunda.workflow.ConnectorVersions;
import java.util.Map;
import java.util.TreeMap;

/**
 * With which versions of connectors a workflow was published: {@code camunda:property} elements of its process. A
 * connector that has none is used as it is at the moment.
 */
final class PublishedConnectors {

    private PublishedConnectors() {}

    /** From the properties of a process. */
    static ConnectorVersions of(String process, Map<String, String> properties) {
        Map<String, Integer> versions = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(CONNECTOR)) {
                versions.put(name.substring(CONNECTOR.length()), version(process, name, value));
            }
        });
        return new ConnectorVersions(versions);
    }

    private static int version(String process, String property, String value) {
        if (value.equals(CONNECTOR_MANAGED)) {
            return ConnectorVersions.MANAGED;
        }
        if (value.matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(value);
        }
        throw new FastnException(
                ErrorCode.PROGRAM_BROKEN,
                "process \"" + process + "\" has property \"" + property + "\" \"" + value
                        + "\": a version such as 1, or \"" + CONNECTOR_MANAGED + "\", is expected");
    }
}
