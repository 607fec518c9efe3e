package ai.fastn.camunda.compiler.emit;

import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** What lies in a sub-process; remembers its end, because the model API looks for it from the start each time. */
final class Contents {

    final SubProcess subProcess;
    private @Nullable ModelElementInstance last;

    Contents(SubProcess subProcess) {
        this.subProcess = subProcess;
    }

    void add(FlowElement element) {
        if (last == null) {
            subProcess.getFlowElements().add(element);
        } else {
            subProcess.insertElementAfter(element, last);
        }
        last = element;
    }
}
