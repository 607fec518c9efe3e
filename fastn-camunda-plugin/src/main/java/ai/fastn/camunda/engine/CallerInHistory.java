package ai.fastn.camunda.engine;

import ai.fastn.camunda.runtime.Caller;
import ai.fastn.camunda.runtime.Run;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.history.event.HistoricProcessInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;

/**
 * Names the calling process instance in the history of a called one, also where the engine itself knows of no caller:
 * there it knows only call activities that wait. The engine writes the whole entry at each event.
 */
final class CallerInHistory implements HistoryEventHandler {

    /** The engine has noted the start before anybody knew who the caller is. */
    static void ofStart(Run run) {
        HistoricProcessInstanceEventEntity started = Context.getCommandContext()
                .getDbEntityManager()
                .getCachedEntity(HistoricProcessInstanceEventEntity.class, run.processInstanceId());
        if (started != null) {
            complete(started, run);
        }
    }

    @Override
    public void handleEvent(HistoryEvent event) {
        if (event instanceof HistoricProcessInstanceEventEntity instance) {
            RunSession.current().known(instance.getProcessInstanceId()).ifPresent(run -> complete(instance, run));
        }
    }

    @Override
    public void handleEvents(List<HistoryEvent> events) {
        events.forEach(this::handleEvent);
    }

    private static void complete(HistoricProcessInstanceEventEntity instance, Run run) {
        Optional<Caller> caller = run.caller();
        if (caller.isPresent() && instance.getSuperProcessInstanceId() == null) {
            RunSession.current()
                    .support()
                    .record()
                    .find(caller.get().execution())
                    .ifPresent(calling -> instance.setSuperProcessInstanceId(calling.processInstanceId()));
        }
    }
}
