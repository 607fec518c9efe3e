package ai.fastn.camunda.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.runtime.TestEngine.Commit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever is lost between two effects, a run gives the same result and does the same things to the world. */
@TestInstance(Lifecycle.PER_CLASS)
class ReplayTest {

    private final TestWorld world = new TestWorld();
    private final CrashingJournal journal = new CrashingJournal(new MemoryJournal());
    private final StepRunner runner = TestEngine.runner(List.of(world), journal, TestEngine.LIMITS);

    @AfterAll
    void close() {
        runner.close();
    }

    @ParameterizedTest
    @FieldSource("ai.fastn.camunda.runtime.TestProgram#ALL")
    void aRunComesOutTheSameWhereverItIsCommitted(TestProgram program) {
        String expected = run(program, Commit.AT_THE_END, CrashPoints.none());
        int writes = world.writes();

        for (Commit commit : Commit.values()) {
            assertThat(run(program, commit, CrashPoints.none()))
                    .as(commit.name())
                    .isEqualTo(expected);
            assertThat(world.writes()).as("writes, " + commit.name()).isEqualTo(writes);
        }
    }

    @ParameterizedTest
    @FieldSource("ai.fastn.camunda.runtime.TestProgram#ALL")
    void aRunComesOutTheSameWhereverItCrashes(TestProgram program) {
        String expected = run(program, Commit.AT_THE_END, CrashPoints.none());
        int writes = world.writes();

        for (Commit commit : List.of(Commit.AT_THE_END, Commit.EVERY_NODE_FROM_A_BASE)) {
            int point = 0;
            CrashPoints crash = new CrashPoints(point);
            String result = run(program, commit, crash);
            while (crash.wasReached()) {
                assertThat(result).as("crash %d, %s", point, commit).isEqualTo(expected);
                assertThat(world.writes())
                        .as("writes, crash %d, %s", point, commit)
                        .isEqualTo(writes);
                crash = new CrashPoints(++point);
                result = run(program, commit, crash);
            }
            assertThat(point).as("crash points").isGreaterThan(4);
        }
    }

    private String run(TestProgram program, Commit commit, CrashPoints crashes) {
        world.reset(crashes);
        journal.reset(crashes);
        return new TestEngine(runner, program.workflow(), "{\"xs\":[1,2,3]}", commit).finish();
    }
}
