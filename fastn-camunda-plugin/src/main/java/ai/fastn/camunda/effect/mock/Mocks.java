package ai.fastn.camunda.effect.mock;

import ai.fastn.camunda.effect.RunMocks;
import java.util.List;

/** What the calls of a run get instead of being made. */
public record Mocks(Others others, List<MockRule> rules) {

    public Mocks {
        rules = List.copyOf(rules);
    }

    /** Those that a run was started with. */
    public static Mocks of(RunMocks run) {
        return MocksReader.checked(run.document());
    }
}
