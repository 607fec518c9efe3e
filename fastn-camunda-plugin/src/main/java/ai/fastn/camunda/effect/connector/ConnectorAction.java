package ai.fastn.camunda.effect.connector;

import ai.fastn.camunda.effect.InDoubt;
import ai.fastn.camunda.workflow.StepKind;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One action of a connector: which HTTP request it is.
 *
 * @param path with {@code {name}} for members of the input
 * @param idempotent whether a repeated call does no harm
 * @param inDoubt what to do with a call that a run has died in
 * @param timeout for the whole call
 */
public record ConnectorAction(
        String name,
        String title,
        StepKind kind,
        String method,
        String path,
        Map<String, Template> query,
        Map<String, Template> headers,
        ActionBody body,
        Output output,
        boolean idempotent,
        InDoubt inDoubt,
        Duration timeout) {

    /** How the body of an answer is read. */
    public enum Output {
        /** By the content type of the answer. */
        AS_SENT,
        JSON,
        TEXT
    }

    static final Pattern PATH_MEMBER = Pattern.compile("\\{([^{}/]+)}");

    public ConnectorAction {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    List<String> pathMembers() {
        return PATH_MEMBER.matcher(path).results().map(ConnectorAction::name).toList();
    }

    /** The members of the input that path, query, headers and body name. */
    Set<String> namedMembers() {
        Set<String> names = new TreeSet<>(pathMembers());
        addMembers(query, names);
        addMembers(headers, names);
        if (body instanceof ActionBody.Members members) {
            names.addAll(members.names());
        } else if (body instanceof ActionBody.Member member) {
            names.add(member.name());
        }
        return names;
    }

    private static void addMembers(Map<String, Template> templates, Set<String> names) {
        for (Template template : templates.values()) {
            if (template instanceof Template.Member member) {
                names.add(member.name());
            }
        }
    }

    private static String name(MatchResult match) {
        return match.group(1);
    }
}
