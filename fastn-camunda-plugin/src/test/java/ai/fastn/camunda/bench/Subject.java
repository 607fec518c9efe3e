package ai.fastn.camunda.bench;

/**
 * One run of one workflow.
 *
 * @param title how reports call it
 * @param javaScript the module without types, for the plain function
 * @param process what it compiles to
 * @param inputJson {@code ctx.input}, one JSON value
 * @param repliesJson answers of the outside world by effect name, each a list
 */
record Subject(String title, String javaScript, BenchProcess process, String inputJson, String repliesJson) {

    /** The same process with another plain function. */
    Subject javaScript(String other) {
        return new Subject(title, other, process, inputJson, repliesJson);
    }

    @Override
    public String toString() {
        return title;
    }
}
