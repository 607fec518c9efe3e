package ai.fastn.camunda.engine;

import ai.fastn.camunda.host.SteppedHost;
import java.util.ArrayList;
import java.util.List;

/** Writes a process as the compiler would, from a few steps: enough to test the engine hooks without the compiler. */
final class ProcessText implements SteppedHost.Deployable {

    private final String id;
    private final String tier;
    private String timeout = "PT2M";
    private String retry = "R1/PT1S";
    private final List<String> variables = new ArrayList<>(List.of("ctx", "$ret", "$thrown"));
    private final StringBuilder properties = new StringBuilder();
    private final StringBuilder nodes = new StringBuilder();
    private final StringBuilder flows = new StringBuilder();
    private String last = "body_start";

    ProcessText(String id, String tier) {
        this.id = id;
        this.tier = tier;
    }

    ProcessText timeout(String duration) {
        timeout = duration;
        return this;
    }

    ProcessText retry(String cycle) {
        retry = cycle;
        return this;
    }

    ProcessText variables(String... names) {
        variables.addAll(List.of(names));
        return this;
    }

    /** A property of the process, as a modeler writes it. */
    ProcessText property(String name, String value) {
        properties.append("<camunda:property name=\"%s\" value=\"%s\"/>".formatted(name, value));
        return this;
    }

    /** A script task. */
    ProcessText step(String step, String kind, String code) {
        boolean async = !kind.equals("PROCESS") && !tier.equals("INSTANT");
        nodes.append(
                "<bpmn:scriptTask id=\"%s\" name=\"%s\" scriptFormat=\"fastn-js\" fastn:kind=\"%s\" fastn:source=\"1:1-1:9\"%s%s>"
                        .formatted(
                                step,
                                step,
                                kind,
                                async ? " camunda:asyncBefore=\"true\"" : "",
                                code.startsWith("return") ? " fastn:returns=\"true\"" : ""));
        nodes.append("<bpmn:extensionElements><camunda:failedJobRetryTimeCycle>")
                .append(retry)
                .append("</camunda:failedJobRetryTimeCycle></bpmn:extensionElements><bpmn:script>")
                .append(code.replace("&", "&amp;").replace("<", "&lt;"))
                .append("</bpmn:script></bpmn:scriptTask>");
        return flowTo(step);
    }

    /** A wait of so many milliseconds. */
    ProcessText waiting(String event, String expression) {
        nodes.append("""
                <bpmn:intermediateCatchEvent id="%s" name="Wait"><bpmn:timerEventDefinition>
                <bpmn:timeDuration xsi:type="bpmn:tFormalExpression" language="fastn-js">%s</bpmn:timeDuration>
                </bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>""".formatted(event, expression));
        return flowTo(event);
    }

    /** A sub-process with one step, whose thrown value goes to a handler step. */
    ProcessText tried(String step, String code, String handler, String handlerCode) {
        nodes.append("<bpmn:subProcess id=\"try_")
                .append(step)
                .append("\"><bpmn:startEvent id=\"s_")
                .append(step)
                .append("\"/><bpmn:sequenceFlow id=\"fs_")
                .append(step)
                .append("\" sourceRef=\"s_")
                .append(step)
                .append("\" targetRef=\"")
                .append(step)
                .append("\"/>");
        String before = last;
        int mark = flows.length();
        step(step, "WRITE", code);
        flows.setLength(mark);
        last = before;
        nodes.append("<bpmn:endEvent id=\"e_")
                .append(step)
                .append("\"/><bpmn:sequenceFlow id=\"fe_")
                .append(step)
                .append("\" sourceRef=\"")
                .append(step)
                .append("\" targetRef=\"e_")
                .append(step)
                .append("\"/></bpmn:subProcess>");
        nodes.append("<bpmn:boundaryEvent id=\"b_")
                .append(step)
                .append("\" attachedToRef=\"try_")
                .append(step)
                .append("\"><bpmn:errorEventDefinition errorRef=\"fastn_thrown\"/></bpmn:boundaryEvent>");
        flowTo("try_" + step);
        last = "b_" + step;
        step(handler, "PROCESS", handlerCode);
        nodes.append("<bpmn:exclusiveGateway id=\"m_").append(step).append("\"/>");
        flowTo("m_" + step);
        last = "try_" + step;
        return flowTo("m_" + step);
    }

    /** A decision: yes ends in a step that returns, no goes on. */
    ProcessText decision(String gateway, String condition, String yesStep, String yesCode) {
        nodes.append("<bpmn:exclusiveGateway id=\"%s\" default=\"no_%s\"/>".formatted(gateway, gateway));
        flowTo(gateway);
        flows.append(
                """
                <bpmn:sequenceFlow id="yes_%1$s" sourceRef="%1$s" targetRef="%2$s">
                <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="fastn-js">%3$s</bpmn:conditionExpression>
                </bpmn:sequenceFlow>""".formatted(gateway, yesStep, condition.replace("&", "&amp;").replace("<", "&lt;")));
        int mark = flows.length();
        last = yesStep;
        step(yesStep, "PROCESS", yesCode);
        flows.setLength(mark);
        nodes.append("<bpmn:endEvent id=\"end_%s\"/>".formatted(yesStep));
        flows.append("<bpmn:sequenceFlow id=\"f_%1$s\" sourceRef=\"%1$s\" targetRef=\"end_%1$s\"/>".formatted(yesStep));
        last = gateway;
        pending = "no_" + gateway;
        return this;
    }

    private String pending = "";

    private ProcessText flowTo(String target) {
        String flow = pending.isEmpty() ? "f_" + last + "_" + target : pending;
        pending = "";
        flows.append("<bpmn:sequenceFlow id=\"")
                .append(flow)
                .append("\" sourceRef=\"")
                .append(last)
                .append("\" targetRef=\"")
                .append(target)
                .append("\"/>");
        last = target;
        return this;
    }

    /** The finished XML. */
    @Override
    public String xml() {
        nodes.append("<bpmn:endEvent id=\"done_all\" fastn:kind=\"DONE\"/>");
        flowTo("done_all");
        StringBuilder accessors = new StringBuilder();
        for (String name : variables) {
            accessors.append("get %1$s() { return %1$s }, set %1$s(v) { %1$s = v },".formatted(name));
        }
        accessors.append("get $ctx() { return ctx }, set $ctx(v) { ctx = v }");
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:fastn="https://fastn.ai/schema/camunda/1.0" id="d" targetNamespace="t">
                <bpmn:error id="fastn_thrown" errorCode="fastn.thrown"/>
                <bpmn:process id="%s" isExecutable="true" camunda:historyTimeToLive="P30D" camunda:versionTag="v1" fastn:tier="%s">
                <bpmn:extensionElements><fastn:program format="1" sourceSha256="0">%s</fastn:program>%s</bpmn:extensionElements>
                <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="body"/>
                <bpmn:subProcess id="body"><bpmn:startEvent id="body_start"/>%s%s</bpmn:subProcess>
                <bpmn:sequenceFlow id="f2" sourceRef="body" targetRef="done"/><bpmn:endEvent id="done"/>
                <bpmn:boundaryEvent id="timeout" attachedToRef="body"><bpmn:timerEventDefinition>
                <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">%s</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="f3" sourceRef="timeout" targetRef="done_timeout"/><bpmn:endEvent id="done_timeout"/>
                </bpmn:process></bpmn:definitions>
                """.formatted(
                id,
                tier,
                "let " + String.join(", ", variables) + "; $program({variables: {" + accessors + "}, functions: {}});",
                properties.isEmpty() ? "" : "<camunda:properties>" + properties + "</camunda:properties>",
                nodes,
                flows,
                timeout);
    }
}
