package ai.fastn.camunda.compiler.bench;

/** Runs a workflow as the plain JavaScript function it is. */
public final class Oracle {

    private Oracle() {}

    /**
     * What the function does.
     *
     * @param javaScript the module, without types
     * @param inputJson {@code ctx.input}
     * @param repliesJson answers of the outside world by effect name, each a list
     */
    public static Observed run(String javaScript, String inputJson, String repliesJson) {
        try (Guest guest = new Guest(repliesJson)) {
            guest.world.invokeMember("watchMain", guest.module(javaScript).getMember("default"), inputJson);
            guest.settle();
            String outcome = guest.state() + " " + guest.text("shown");
            return new Observed(outcome, guest.text("trace"), guest.text("lines"));
        }
    }
}
