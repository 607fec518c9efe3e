package ai.fastn.examples.host.bench;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * One line of the report: which figures are compared, and what the comparison should give.
 *
 * @param against what Fastn is compared with
 * @param target what the product wants to reach
 * @param met whether medians reach it
 */
record Row(
        String name,
        Workload workload,
        String against,
        String target,
        ToDoubleFunction<Round> ratio,
        Predicate<Round> met) {

    static final List<Row> ALL = List.of(
            new Row(
                    "W1_DELEGATE",
                    Workload.W1,
                    "Java delegate by hand",
                    "<= 1.3x or <= +0.5 ms",
                    round -> round.get("fastn.instant") / round.get("fastn.delegate"),
                    round -> round.get("fastn.instant") <= 1.3 * round.get("fastn.delegate")
                            || round.get("fastn.instant") - round.get("fastn.delegate") <= 500),
            // In units of the delegate process in the same JVM, because each JVM has its own luck with the machine.
            new Row(
                    "W1_STOCK",
                    Workload.W1,
                    "stock script task",
                    ">= 5x faster",
                    round -> round.get("stock.script")
                            / round.get("stock.delegate")
                            / (round.get("fastn.instant") / round.get("fastn.delegate")),
                    5),
            new Row(
                    "W2_DELEGATES",
                    Workload.W2,
                    "JdbcTemplate delegates",
                    "<= 1.3x",
                    round -> round.get("fastn.instant") / round.get("fastn.delegates"),
                    round -> round.get("fastn.instant") <= 1.3 * round.get("fastn.delegates")),
            new Row(
                    "W3_STOCK",
                    Workload.W3,
                    "stock, async script tasks",
                    ">= 3x steps/s",
                    round -> round.get("fastn.runsPerSecond") / round.get("stock.runsPerSecond"),
                    3),
            new Row(
                    "W3_DBOS",
                    Workload.W3,
                    "DBOS Transact Java",
                    ">= 1x steps/s",
                    round -> round.get("fastn.runsPerSecond") / round.get("dbos.runsPerSecond"),
                    1),
            new Row(
                    "W4_ITEMS",
                    Workload.W4,
                    "own run over 100 items",
                    "cost per item <= 1.5x",
                    round -> round.get("fastn.microsPerItemOf10000") / round.get("fastn.microsPerItemOf100"),
                    round -> round.get("fastn.microsPerItemOf10000") <= 1.5 * round.get("fastn.microsPerItemOf100")),
            new Row(
                    "W8_LATENESS",
                    Workload.W8,
                    "the due date, p99 in ms",
                    "<= 250 ms, idle without acquisition",
                    round -> round.get("fastn.latenessP99Millis"),
                    round -> round.get("fastn.latenessP99Millis") <= 250
                            && round.get("fastn.acquisitionsWhileIdle") == 0),
            new Row(
                    "W9_STEP",
                    Workload.W9,
                    "nothing, ms per step",
                    "<= 0.3 ms on JDK 25",
                    round -> round.get("fastn.microsPerStep") / 1_000,
                    round -> round.get("fastn.microsPerStep") <= 300),
            new Row(
                    "W10_SOAK",
                    Workload.W10,
                    "its own first tenth, heap after collection",
                    "no growth, no stuck job",
                    round -> round.get("soak.heapAtEnd") / round.get("soak.heapAtTenth"),
                    round -> round.get("soak.heapAtEnd") <= 1.2 * round.get("soak.heapAtTenth")
                            && round.get("soak.jobsLeft") == 0),
            new Row(
                    "W11_CALL",
                    Workload.W11,
                    "the bare HTTP call, ms more",
                    "<= 1 ms more",
                    round -> round.get("fastn.microsAdded") / 1_000,
                    round -> round.get("fastn.microsAdded") <= 1_000));

    private Row(
            String name,
            Workload workload,
            String against,
            String target,
            ToDoubleFunction<Round> ratio,
            double atLeast) {
        this(name, workload, against, target, ratio, round -> ratio.applyAsDouble(round) >= atLeast);
    }
}
