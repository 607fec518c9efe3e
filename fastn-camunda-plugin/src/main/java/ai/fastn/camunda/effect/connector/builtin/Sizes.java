package ai.fastn.camunda.effect.connector.builtin;

import ai.fastn.camunda.effect.connector.ActionFailedException;
import java.util.Map;

/** How large a file may be. */
final class Sizes {

    /** A file travels inside the record of its call. */
    static final int LARGEST_FILE = 10 * 1024 * 1024;

    private Sizes() {}

    static ActionFailedException tooLarge(String path, int most) {
        return new ActionFailedException("file \"" + path + "\" has more than " + most + " bytes", false, Map.of());
    }
}
