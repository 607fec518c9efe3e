package ai.fastn.camunda.effect.connector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How an action is performed. */
public sealed interface ActionWork {

    /**
     * By one HTTP request.
     *
     * @param path with {@code {name}} for members of the input, {@code {name,}} for those that may be lists
     * @param format how the body is written
     * @param pagination how an answer leads to the next page; empty for an action that has all in one
     */
    record Http(
            String method,
            String path,
            Map<String, Template> query,
            Map<String, Template> headers,
            ActionBody body,
            BodyFormat format,
            Output output,
            Optional<Pagination> pagination)
            implements ActionWork {

        static final Pattern PATH_MEMBER = Pattern.compile("\\{([^{}/,]+)(,?)}");

        public Http {
            query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        List<String> pathMembers() {
            return PATH_MEMBER.matcher(path).results().map(Http::name).toList();
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

    /** By code in this JVM: a built-in connector or one that the operator wrote. */
    record Java(JavaAction code) implements ActionWork {}

    /** How the body of an HTTP answer is read. */
    enum Output {
        /** By the content type of the answer. */
        AS_SENT,
        JSON,
        TEXT,
        BYTES
    }
}
