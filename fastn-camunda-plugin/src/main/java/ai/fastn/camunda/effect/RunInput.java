package ai.fastn.camunda.effect;

import org.jspecify.annotations.Nullable;

/**
 * What a run is started with.
 *
 * @param json {@code ctx.input}, one JSON value that anybody may see who may see the run
 * @param sealed where the caller had read secrets: the true value, for the run alone
 * @param mocks which of its calls are not made
 */
@SuppressWarnings("ArrayRecordComponent") // opaque, on its way from a call to the run it calls
public record RunInput(String json, byte @Nullable [] sealed, RunMocks mocks) {

    /** Of a run that makes all its calls. */
    public RunInput(String json, byte @Nullable [] sealed) {
        this(json, sealed, RunMocks.NONE);
    }

    /** An input without secrets. */
    public static RunInput of(String json) {
        return new RunInput(json, null);
    }

    /** The same, tried out with these mocks. */
    public RunInput with(RunMocks other) {
        return new RunInput(json, sealed, other);
    }

    @Override
    public String toString() {
        return "input of a run";
    }
}
