package ai.fastn.camunda.diagnostic;

/**
 * Who works on the run no longer owns it: another node has taken it over, or it has ended. Nothing was written, and the
 * author's code never learns of it.
 */
public final class TakenOverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TakenOverException(String execution) {
        super("execution \"" + execution + "\" has been taken over by another node or has ended: nothing is recorded");
    }
}
