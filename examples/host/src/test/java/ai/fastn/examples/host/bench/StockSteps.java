package ai.fastn.examples.host.bench;

/** Ten asynchronous script tasks by hand: writes and reads of process variables take turns. */
final class StockSteps {

    private static final int STEPS = 10;

    private StockSteps() {}

    static String bpmn(String key) {
        StringBuilder nodes = new StringBuilder("<startEvent id=\"step0\"/>");
        for (int i = 1; i <= STEPS; i++) {
            nodes.append(flow(i)).append("""
                    <scriptTask id="step%d" scriptFormat="javascript" camunda:asyncBefore="true"><script>%s</script></scriptTask>
                    """.formatted(i, i % 2 == 1 ? write(i) : read(i)));
        }
        nodes.append(flow(STEPS + 1)).append("<endEvent id=\"step%d\"/>".formatted(STEPS + 1));
        return """
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="bench">
                <process id="%s" isExecutable="true">%s</process></definitions>""".formatted(key, nodes);
    }

    private static String flow(int to) {
        return "<sequenceFlow id=\"f%d\" sourceRef=\"step%d\" targetRef=\"step%d\"/>".formatted(to, to - 1, to);
    }

    private static String write(int step) {
        return """
                var items = JSON.parse(execution.getVariable("input")).items;
                execution.setVariable("value%d", JSON.stringify({ items: items.length }));""".formatted(step);
    }

    private static String read(int step) {
        return """
                var value = JSON.parse(execution.getVariable("value%d"));
                if (value.items !== 2) throw new Error("lost");""".formatted(step - 1);
    }
}
