package ai.fastn.camunda.workflow;

import java.util.Locale;

/** What started a run: the word of column TRIGGERED BY. */
public enum TriggerKind {
    MANUAL,
    WEBHOOK,
    SCHEDULER,
    APP_EVENT,
    AGENT_SERVICE,
    API,
    WORKFLOW,
    ENGINE;

    /** The word as shown and stored: {@code agent-service}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static TriggerKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
