package ai.fastn.camunda.flow;

import java.util.List;

/** The index of a tenant's workflows in the form of llms.txt: a list of links that a language model can follow. */
public record LlmsIndex(List<Entry> workflows) {

    public LlmsIndex {
        workflows = List.copyOf(workflows);
    }

    /**
     * A workflow.
     *
     * @param documented whether a version is published, so that there is a page about it
     */
    public record Entry(String slug, String name, String description, boolean documented) {}

    /**
     * The text.
     *
     * @param base address of the API, {@code /fastn/api/v1}
     */
    public String text(String base) {
        StringBuilder text = new StringBuilder(
                "# Fastn workflows\n\n> Workflows of this tenant, with a page about each.\n\n## Workflows\n\n");
        for (Entry workflow : workflows) {
            String name = Markdown.text(workflow.name());
            String link = workflow.documented()
                    ? "[" + name + "](" + base + "/workflows/" + workflow.slug() + "/docs.md)"
                    : name + " (not published)";
            String purpose = Markdown.text(workflow.description());
            text.append("- ")
                    .append(link)
                    .append(purpose.isEmpty() ? "" : ": " + purpose)
                    .append('\n');
        }
        return text.toString();
    }
}
