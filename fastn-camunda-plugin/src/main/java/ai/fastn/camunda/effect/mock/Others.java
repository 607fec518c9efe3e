package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.workflow.RunMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What becomes of a call that no rule answers. */
public enum Others {
    /** It fails. */
    REFUSE,
    /** An action of a connector gives its example; the rest fails. */
    SAMPLE,
    /** It is made. */
    LIVE;

    static Optional<Others> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    RunMode mode() {
        return this == LIVE ? RunMode.PARTIAL_MOCK : RunMode.MOCK;
    }
}
