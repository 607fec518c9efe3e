package ai.fastn.camunda.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in the object that a {@code return} statement gives back. */
final class ResultMembers {

    private static final Pattern RETURNED = Pattern.compile("(?s)\\breturn\\s*\\{(.*)}\\s*;?\\s*$");
    private static final Pattern KEY =
            Pattern.compile("(?s)\\s*(?:(\\.\\.\\.[\\w$.]+)|[\"']?([\\w$-]+)[\"']?\\s*(?::.*|\\(.*)?)\\s*");

    private ResultMembers() {}

    /** Empty when something else than an object literal is returned. */
    static List<String> of(String code) {
        Matcher returned = RETURNED.matcher(code);
        if (!returned.find()) {
            return List.of();
        }
        List<String> members = new ArrayList<>();
        for (String part : parts(returned.group(1))) {
            Matcher key = KEY.matcher(part);
            if (key.matches()) {
                members.add(key.group(1) == null ? key.group(2) : key.group(1));
            }
        }
        return members;
    }

    /** Split at the commas that stand in no brackets and no string. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'' || c == '`') {
                quote = c;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            } else {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
