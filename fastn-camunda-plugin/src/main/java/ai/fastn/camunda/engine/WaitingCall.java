package ai.fastn.camunda.engine;

/**
 * What a subscription of ours carries. Stored as {@code 7:2:3~}.
 *
 * @param call number of the call that waits for the event
 * @param job with which its step goes on
 */
record WaitingCall(int call, StepJob job) {

    static WaitingCall parse(String stored) {
        String[] parts = stored.split(":", 3);
        return new WaitingCall(
                Integer.parseInt(parts[0]), StepJob.parse(parts[2]).withRetries(Integer.parseInt(parts[1])));
    }

    String stored() {
        return call + ":" + job.retriesLeft() + ":" + job.toCanonicalString();
    }
}
