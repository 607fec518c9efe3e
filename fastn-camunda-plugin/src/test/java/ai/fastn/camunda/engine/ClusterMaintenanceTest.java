package ai.fastn.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.fastn.camunda.workflow.Tier;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators do to a cluster while runs are under way: nobody has to be asked about a call. */
class ClusterMaintenanceTest {

    /** The other node looks for jobs that were given back with its next beat. */
    private static final Duration UNTIL_TAKEN = Duration.ofSeconds(4);

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = new Cluster();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void nodesThatAreRestartedOneAfterTheOtherGiveTheirJobsBackAtOnce() {
        for (int node = 0; node < 2; node++) {
            cluster.work().start(12);
            String owner = cluster.first().awaitReady().lockOwner();
            cluster.work().awaitLockOf(owner);

            cluster.first().terminate();

            assertThat(cluster.work().locksOf(owner))
                    .as("jobs of the node that went")
                    .isZero();
            await().atMost(UNTIL_TAKEN)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> cluster.work().open() == 0
                            || cluster.work().locksOf(cluster.second().lockOwner()) > 0);
            cluster.replaceFirst();
            cluster.second().awaitReady();
        }
        cluster.assertNothingLostAndNothingDoubled();
        assertThat(cluster.work().answered()).as("calls in doubt").isZero();
    }

    @Test
    void aClockThatJumpsByAnHourDoesNothingTwice() {
        String jumping = cluster.first().awaitReady().lockOwner();
        for (int hours : new int[] {1, -1, 0, -1, 1}) {
            cluster.work().start(6);
            cluster.work().awaitLockOf(jumping);
            cluster.first().setClock(hours);
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
        }
        cluster.assertNothingLostAndNothingDoubled(); // an hour ahead, so that nothing is late for it
        cluster.first().setClock(0);
        assertThat(cluster.work().endedInTheFuture()).isPositive();
        assertThat(cluster.work().answered()).as("calls in doubt").isZero();
    }

    @Test
    void fiftyStartsWithOneKeyAtTwoNodesAreOneExecutionWithOneAnswer() {
        cluster.first().awaitReady();
        cluster.second().awaitReady();
        ClusterStarts starts = new ClusterStarts(cluster);
        for (Tier tier : List.of(Tier.INSTANT, Tier.STANDARD)) {
            String slug = "once-" + tier.title().toLowerCase(Locale.ROOT);
            starts.deploy(slug, tier, 200);

            List<HttpResponse<String>> answers = starts.startAtBoth(50, slug, "order-1", slug);

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(tier == Tier.INSTANT ? 200 : 202);
            assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
            starts.awaitCall("write/" + slug);
            assertThat(starts.executions(slug)).isEqualTo(1);
            assertThat(starts.calls("write/" + slug)).isEqualTo(1);
        }
    }

    @Test
    void whoRepeatsTheStartOfAnInstantRunWhoseNodeWasKilledLearnsThatNobodyKnowsHowFarItCame() {
        ClusterNode killed = cluster.first().awaitReady();
        cluster.second().awaitReady();
        ClusterStarts starts = new ClusterStarts(cluster);
        starts.deploy("once-killed", Tier.INSTANT, 2001);

        CompletableFuture<HttpResponse<String>> first = starts.start(killed, "once-killed", "order-2", "killed");
        starts.awaitCall("slow/2001");
        CompletableFuture<HttpResponse<String>> waiting =
                starts.start(cluster.second(), "once-killed", "order-2", "killed");
        killed.kill();

        assertThat(waiting.join().statusCode()).isEqualTo(409);
        assertThat(waiting.join().body()).contains("FASTN-06013");
        assertThat(first).completesExceptionallyWithin(Duration.ofSeconds(30));
        assertThat(starts.executions("once-killed")).isZero();
        assertThat(starts.calls("write/killed")).isZero();
        cluster.replaceFirst();
        cluster.second().awaitReady();
    }
}
