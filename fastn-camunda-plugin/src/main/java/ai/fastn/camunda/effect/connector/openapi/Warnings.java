package ai.fastn.camunda.effect.connector.openapi;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The warnings of one import, each once. */
final class Warnings {

    private static final int MOST = 200;

    private final Set<ImportWarning> warnings = new LinkedHashSet<>();

    void add(String place, String message) {
        warnings.add(new ImportWarning(place, message));
    }

    /** The first ones, and how many more there are. */
    List<ImportWarning> list() {
        if (warnings.size() <= MOST) {
            return List.copyOf(warnings);
        }
        List<ImportWarning> first =
                new ArrayList<>(warnings.stream().limit(MOST).toList());
        first.add(new ImportWarning("document", "there are " + (warnings.size() - MOST) + " more warnings"));
        return List.copyOf(first);
    }
}
