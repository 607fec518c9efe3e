package ai.fastn.camunda.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.event.EventHandler;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.incident.IncidentHandler;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.jobexecutor.JobHandler;
import org.jspecify.annotations.Nullable;

/** Hooks Fastn into a process engine; processes that are not ours run as before. */
public final class FastnEnginePlugin extends AbstractProcessEnginePlugin {

    private final RunSupport support;

    public FastnEnginePlugin(RunSupport support) {
        this.support = support;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the engine declares it
    public void preInit(ProcessEngineConfigurationImpl engine) {
        List<BpmnParseListener> listeners = listOf(engine.getCustomPostBPMNParseListeners());
        listeners.add(new FastnParseListener(support));
        engine.setCustomPostBPMNParseListeners(listeners);

        List<JobHandler> jobHandlers = listOf(engine.getCustomJobHandlers());
        jobHandlers.add(new StepJobHandler(StepJobHandler.TYPE));
        jobHandlers.add(new StepJobHandler(StepJobHandler.FOR_PLACE));
        engine.setCustomJobHandlers(jobHandlers);

        List<SessionFactory> sessions = listOf(engine.getCustomSessionFactories());
        sessions.add(new RunSessionFactory(support));
        engine.setCustomSessionFactories(sessions);

        List<EventHandler> events = listOf(engine.getCustomEventHandlers());
        events.add(new MessageArrival());
        engine.setCustomEventHandlers(events);

        List<HistoryEventHandler> history = listOf(engine.getCustomHistoryEventHandlers());
        history.add(new CallerInHistory());
        engine.setCustomHistoryEventHandlers(history);

        List<IncidentHandler> incidents = listOf(engine.getCustomIncidentHandlers());
        incidents.add(new TimeoutPause());
        engine.setCustomIncidentHandlers(incidents);
        engine.setCompositeIncidentHandlersEnabled(true);
    }

    /** After all other plugins: what they have set is asked for every other job. */
    @Override
    public void postInit(ProcessEngineConfigurationImpl engine) {
        engine.setFailedJobCommandFactory(new PassingFailures(engine.getFailedJobCommandFactory()));
    }

    private static <T> List<T> listOf(@Nullable List<T> configured) {
        return configured == null ? new ArrayList<>() : new ArrayList<>(configured);
    }

    /** Makes the session of each command. */
    private record RunSessionFactory(RunSupport support) implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return RunSession.class;
        }

        @Override
        public Session openSession() {
            return new RunSession(support);
        }
    }
}
