package ai.fastn.camunda.runtime;

import ai.fastn.camunda.diagnostic.ErrorCode;
import ai.fastn.camunda.diagnostic.FastnException;

/** Whether a step repeats what is on record of it, and what is wrong where it does not. */
record CallChecks(String elementId, Journal journal) {

    void requireSame(OpenCall call, JournalLine known) {
        if (!known.effect().equals(call.request.name())) {
            throw nonDeterministic("call " + call.ordinal + " was \"" + known.effect() + "\" and is now \""
                    + call.request.name() + "\"");
        }
        if (!known.digest().equals(call.digest)) {
            throw nonDeterministic("call " + call.ordinal + ", \"" + known.effect() + "\", now has other arguments");
        }
    }

    FastnException nonDeterministic(String what) {
        return new FastnException(
                ErrorCode.NON_DETERMINISTIC, "step \"" + elementId + "\" does not repeat what it did: " + what);
    }

    InDoubtException inDoubt(OpenCall call) {
        return new InDoubtException(
                call.ordinal,
                call.request.name(),
                journal.secrets().withoutSecrets(Json.read(call.request.arguments())));
    }

    /** Nothing that the code waits for is open. */
    FastnException neverSettled() {
        return new FastnException(
                ErrorCode.NEVER_SETTLED,
                "step \"" + elementId + "\" waits for a promise that nobody settles: nothing it called is open");
    }

    /** A wait that nobody would sit out. */
    FastnException notPossible() {
        return new FastnException(
                ErrorCode.WAIT_NOT_POSSIBLE,
                "step \"" + elementId + "\" calls fastn.waitFor, and nobody waits that long for an Instant workflow:"
                        + " give it tier Standard or Long");
    }
}
