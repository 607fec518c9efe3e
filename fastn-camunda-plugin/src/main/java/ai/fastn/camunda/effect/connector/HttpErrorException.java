package ai.fastn.camunda.effect.connector;

import java.util.Optional;

/** A service answered a request of an action in this JVM with an error; the author's code sees status and body. */
public final class HttpErrorException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ConnectorAnswer answer;

    HttpErrorException(ConnectorAnswer answer) {
        super("the service answered " + answer.status());
        this.answer = answer;
    }

    public int status() {
        return answer.status();
    }

    /** How the service wants to be shown who calls, after a 401. */
    public Optional<String> challenge() {
        return answer.challenge();
    }

    ConnectorAnswer answer() {
        return answer;
    }
}
