package ai.fastn.camunda.autoconfigure;

import ai.fastn.camunda.effect.connector.ConnectorDefinition;
import ai.fastn.camunda.effect.connector.bean.ConnectorBeans;
import ai.fastn.camunda.effect.connector.bean.FastnConnector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * The managed connectors that are code: annotated beans, and the built-in ones. No bean is made to find them, since it
 * may need the process engine, which needs the connectors.
 */
record CodeConnectors(List<ConnectorDefinition> beans, List<ConnectorDefinition> builtIn) {

    static List<ConnectorDefinition> beansOf(ListableBeanFactory factory) {
        return Arrays.stream(factory.getBeanNamesForAnnotation(FastnConnector.class))
                .map(name -> ConnectorBeans.definition(
                        ClassUtils.getUserClass(Objects.requireNonNull(factory.getType(name))),
                        () -> factory.getBean(name)))
                .toList();
    }

    /** All managed definitions; a built-in connector gives way to one of the same name that the operator installed. */
    List<ConnectorDefinition> with(List<ConnectorDefinition> files) {
        List<ConnectorDefinition> installed =
                Stream.concat(files.stream(), beans.stream()).toList();
        Set<String> taken =
                installed.stream().map(ConnectorDefinition::accessor).collect(Collectors.toSet());
        return Stream.concat(
                        installed.stream(),
                        builtIn.stream().filter(definition -> !taken.contains(definition.accessor())))
                .toList();
    }
}
