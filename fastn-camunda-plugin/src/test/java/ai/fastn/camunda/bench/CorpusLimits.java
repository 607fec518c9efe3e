package ai.fastn.camunda.bench;

import java.time.Duration;

/**
 * What one file of a foreign corpus may take.
 *
 * @param perFile time for all its runs
 * @param crashes how many of its crash points are tried at most
 */
record CorpusLimits(Duration perFile, int crashes) {

    /** As the command line says: {@code -Dseconds=}, and {@code -Dcrashes=}, which can be {@code all}. */
    static CorpusLimits ofProperties() {
        String crashes = System.getProperty("crashes", "300");
        return new CorpusLimits(
                Duration.ofSeconds(Integer.getInteger("seconds", 60)),
                crashes.equals("all") ? Integer.MAX_VALUE : Integer.parseInt(crashes));
    }

    /** Time of a run that nothing interrupts, and of the plain function. */
    Duration perRun() {
        return perFile.dividedBy(4);
    }

    /** Time after which no further run is begun, so that the file has its verdict within its time. */
    Duration forAllRuns() {
        return perFile.multipliedBy(8).dividedBy(10);
    }
}
