package ai.fastn.examples.host.bench;

/** An Instant process of steps whose code does nothing, as the compiler would write it. */
final class EmptySteps {

    private EmptySteps() {}

    static String bpmn(String key, int steps) {
        StringBuilder nodes = new StringBuilder("<startEvent id=\"s0\"/>");
        for (int i = 1; i <= steps; i++) {
            nodes.append(flow(i))
                    .append(
                            "<scriptTask id=\"s%d\" scriptFormat=\"fastn-js\" fastn:kind=\"PROCESS\" fastn:source=\"1:1-1:2\">"
                                    .formatted(i))
                    .append("<script>;</script></scriptTask>");
        }
        nodes.append(flow(steps + 1)).append("<endEvent id=\"s%d\"/>".formatted(steps + 1));
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:fastn="https://fastn.ai/schema/camunda/1.0" id="d" targetNamespace="bench">
                <process id="%s" isExecutable="true" camunda:historyTimeToLive="P30D" camunda:versionTag="v1" fastn:tier="INSTANT">
                <extensionElements><fastn:program format="1" sourceSha256="0">let ctx, $ret, $thrown; $program({ variables: {
                get $ctx() { return ctx }, set $ctx(v) { ctx = v }, get $ret() { return $ret }, set $ret(v) { $ret = v },
                get $thrown() { return $thrown }, set $thrown(v) { $thrown = v } }, functions: {} });</fastn:program></extensionElements>
                <startEvent id="start"/><sequenceFlow id="to_body" sourceRef="start" targetRef="body"/>
                <subProcess id="body">%s</subProcess>
                <sequenceFlow id="to_done" sourceRef="body" targetRef="done"/><endEvent id="done"/>
                <boundaryEvent id="timeout" attachedToRef="body"><timerEventDefinition>
                <timeDuration xsi:type="tFormalExpression">PT1M</timeDuration></timerEventDefinition></boundaryEvent>
                <sequenceFlow id="to_timeout" sourceRef="timeout" targetRef="done_timeout"/><endEvent id="done_timeout"/>
                </process></definitions>""".formatted(key, nodes);
    }

    private static String flow(int to) {
        return "<sequenceFlow id=\"f%d\" sourceRef=\"s%d\" targetRef=\"s%d\"/>".formatted(to, to - 1, to);
    }
}
