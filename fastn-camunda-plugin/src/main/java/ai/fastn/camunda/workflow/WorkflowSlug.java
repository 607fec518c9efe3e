package ai.fastn.camunda.workflow;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The URL-safe name of a workflow, which is also the id of its BPMN process. Starts with a letter, then letters, digits
 * and single hyphens, at most 100 characters; an underscore never occurs, so that an id made from a slug is
 * unambiguous.
 */
public record WorkflowSlug(String value) {

    private static final int LONGEST = 100;
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public WorkflowSlug {
        if (!isSlug(value)) {
            throw new IllegalArgumentException("slug \"" + value
                    + "\" does not have the form of a slug: a letter, then letters, digits and single hyphens (a-z0-9-), at most "
                    + LONGEST + " characters");
        }
    }

    /** Whether a text has the form of a slug. */
    public static boolean isSlug(String value) {
        return value.length() <= LONGEST && FORM.matcher(value).matches();
    }

    public static WorkflowSlug of(String value) {
        return new WorkflowSlug(value);
    }

    /**
     * The slug made from a name: "HubSpot Discovery: Deal → Gamma Deck" gives
     * {@code hubspot-discovery-deal-gamma-deck}.
     */
    public static WorkflowSlug fromName(String name) {
        String ascii = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        String words =
                ascii.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        String lettered = words.isEmpty() || !Character.isLetter(words.charAt(0)) ? "workflow-" + words : words;
        String cut = lettered.substring(0, Math.min(lettered.length(), LONGEST));
        return new WorkflowSlug(cut.replaceAll("-+$", ""));
    }

    @Override
    public String toString() {
        return value;
    }
}
