package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A step graph that breaks a rule is not handed on. */
class GraphCheckTest {

    private static final Action SLEEP = new Action.Sleep("1");
    private static final Action ASK = new Action.Decision("Is it?");
    private static final Action DONE = new Action.Done("");

    @Test
    void graph_that_keeps_all_rules_is_handed_on() {
        assertThatCode(() -> check(
                        List.of(new Region(0, -1, 0), new Region(1, 0, 3)),
                        step(0, 0, ASK, to(1, "x"), otherwise(2)),
                        step(1, 0, new Action.Join(), otherwise(0)),
                        step(2, 0, new Action.Attempt(1, "try"), otherwise(5), otherwise(6)),
                        step(3, 1, SLEEP, otherwise(4)),
                        step(4, 1, new Action.Leave("Done")),
                        step(5, 0, DONE),
                        step(6, 0, new Action.Fail())))
                .doesNotThrowAnyException();
    }

    @Test
    void question_needs_two_answers() {
        broken("step 0 asks a question with 1 answers", step(0, 0, ASK, otherwise(1)), step(1, 0, DONE));
    }

    @Test
    void question_needs_a_way_taken_otherwise() {
        broken("step 0 has no way taken otherwise", step(0, 0, ASK, to(1, "x"), to(1, "y")), step(1, 0, DONE));
    }

    @Test
    void question_has_one_way_taken_otherwise() {
        broken("step 0 has two ways taken otherwise", step(0, 0, ASK, otherwise(1), otherwise(1)), step(1, 0, DONE));
    }

    @Test
    void try_needs_two_ways() {
        broken(
                "step 0 needs a way on and a way for errors",
                step(0, 0, new Action.Attempt(0, "try"), otherwise(1)),
                step(1, 0, DONE));
    }

    @Test
    void wait_goes_on_to_one_step() {
        broken("step 0 must go on to one step", step(0, 0, SLEEP));
    }

    @Test
    void join_goes_on_to_one_step() {
        broken("step 0 must go on to one step", step(0, 0, new Action.Join()));
    }

    @Test
    void end_does_not_go_on() {
        broken("step 0 ends and can not go on", step(0, 0, DONE, otherwise(0)));
    }

    @Test
    void way_does_not_leave_its_region() {
        assertThatThrownBy(() -> check(
                        List.of(new Region(0, -1, 0), new Region(1, 0, 1)),
                        step(0, 0, SLEEP, otherwise(1)),
                        step(1, 1, DONE)))
                .hasMessage("bug: step 0 leaves its region for step 1");
    }

    @Test
    void step_lies_in_a_region() {
        broken("step 0 lies in no region", step(0, -1, DONE));
    }

    @Test
    void region_begins_inside_itself() {
        assertThatThrownBy(() -> check(List.of(new Region(0, -1, 0), new Region(1, 0, 0)), step(0, 0, DONE)))
                .hasMessage("bug: step 0 begins a region it does not lie in");
    }

    @Test
    void region_lies_in_an_earlier_one() {
        assertThatThrownBy(() -> check(List.of(new Region(0, 0, 0)), step(0, 0, DONE)))
                .hasMessage("bug: step 0 lies in a region that is not nested");
    }

    @Test
    void each_step_is_reached() {
        broken("step 0 is followed by steps that nothing reaches", step(0, 0, DONE), step(1, 0, DONE));
    }

    private static void broken(String message, Step... steps) {
        assertThatThrownBy(() -> check(List.of(new Region(0, -1, 0)), steps)).hasMessage("bug: " + message);
    }

    private static void check(List<Region> regions, Step... steps) {
        new GraphCheck(new StepGraph("", Arrays.asList(steps), regions, List.of(), Map.of())).check();
    }

    private static Step step(int number, int region, Action action, Branch... branches) {
        return new Step(number, region, action, Optional.empty(), List.of(branches));
    }

    private static Branch to(int step, String condition) {
        return new Branch("", Optional.of(condition), step, List.of());
    }

    private static Branch otherwise(int step) {
        return new Branch("", Optional.empty(), step, List.of());
    }
}
