package ai.fastn.camunda.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What can happen to a source between two keystrokes, and what nobody would type. */
final class Mutation {

    private static final Pattern TOKEN = Pattern.compile(
            "[\\p{L}_$][\\p{L}\\p{N}_$]*|\\d+(?:\\.\\d+)?|\\s+|=>|\\.\\.\\.|[=!]==|&&|\\|\\||\\?\\?|\\?\\.|[^\\s]");
    private static final List<String> GARBAGE = List.of(
            "\uD83D",
            "\uDE00",
            "\uDE00\uD83D",
            "\0",
            "\uFEFF",
            "\u2028",
            "\\",
            "\\u{110000}",
            "\\u00",
            "`",
            "${",
            "/*",
            "*/",
            "//",
            "<!--",
            "-->",
            "#",
            "#x",
            "@x",
            "'",
            "\"",
            "/",
            "/[",
            "\u00A0",
            "\u200D",
            "\t",
            "\r",
            "\r\n",
            "0x",
            "1_",
            "08",
            "1n.5",
            "é",
            "ℵ",
            "\uD800\uDC00");
    private static final List<String> WORDS = List.of(
            "await ",
            "yield ",
            "async ",
            "function ",
            "function*",
            "class ",
            "extends ",
            "super",
            "this",
            "new ",
            "new.target",
            "import ",
            "import(",
            "import.meta",
            "export default ",
            "export ",
            "return ",
            "throw ",
            "try {",
            "catch ",
            "finally {",
            "switch (",
            "case ",
            "default:",
            "for (",
            "for await (",
            "of ",
            "in ",
            "while (",
            "do ",
            "if (",
            "else ",
            "break ",
            "continue ",
            "let ",
            "const ",
            "var ",
            "static ",
            "get ",
            "set ",
            "=>",
            "...",
            "?.",
            "??=",
            "**",
            "++",
            "delete ",
            "typeof ",
            "void ",
            "with (",
            "eval(",
            "arguments",
            "debugger;",
            "enum E {",
            "as any",
            "satisfies X",
            ": number",
            "<T>",
            "!",
            "?",
            ":",
            ",",
            ";",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "using ",
            "null",
            "NaN",
            "undefined",
            "$ret",
            "$ctx",
            "$program",
            "fastn",
            "fastn.connector.",
            "__proto__: ",
            "constructor",
            "#p in ");
    private static final List<String> OPENERS = List.of(
            "(",
            "[",
            "{",
            "`${",
            "!",
            "-",
            "a?",
            "a=",
            "x=>",
            "f(",
            "if(1)",
            "for(;;)",
            "{a:",
            "[...",
            "async()=>",
            "a.b(",
            "a?.[",
            "new ",
            "await ",
            "function f(){",
            "class A{m(){",
            "do ",
            "a:",
            "1+",
            "(await p.read(",
            "try{");

    private final Random random;
    private final List<String> sources;

    Mutation(long seed, List<String> sources) {
        this.random = new Random(seed);
        this.sources = sources;
    }

    /** One of the sources after a few accidents. */
    String next() {
        String text = oneOf(sources);
        for (int accidents = 1 + random.nextInt(3); accidents > 0; accidents--) {
            text = changed(text);
        }
        return text;
    }

    private String changed(String text) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> text.substring(0, place(text));
            case 2 -> text.substring(place(text));
            case 3, 4 -> withoutTokens(text);
            case 5 -> withTokenTwice(text);
            case 6 -> withTokensSwapped(text);
            case 7 -> inserted(text, oneOf(GARBAGE));
            case 8, 9 -> inserted(text, oneOf(WORDS));
            case 10 -> inserted(text, piece(oneOf(sources)));
            default ->
                random.nextInt(8) == 0
                        ? nested(text)
                        : inserted(text, oneOf(OPENERS).repeat(1 + random.nextInt(30)));
        };
    }

    /** Many levels, closed or not. */
    private String nested(String text) {
        String opener = oneOf(OPENERS);
        int levels = List.of(100, 1_000, 10_000).get(random.nextInt(3));
        String closer = opener.replaceAll("[^({\\[]", "")
                .replace('(', ')')
                .replace('{', '}')
                .replace('[', ']');
        String tail = random.nextBoolean() ? "1" + closer.repeat(levels) : "";
        return inserted(text, opener.repeat(levels) + tail);
    }

    private int place(String text) {
        return random.nextInt(text.length() + 1);
    }

    private String piece(String text) {
        int from = place(text);
        return text.substring(from, Math.min(text.length(), from + random.nextInt(80)));
    }

    private String inserted(String text, String more) {
        int at = place(text);
        return text.substring(0, at) + more + text.substring(at);
    }

    private static List<String> tokens(String text) {
        return new ArrayList<>(
                TOKEN.matcher(text).results().map(MatchResult::group).toList());
    }

    private String withoutTokens(String text) {
        List<String> tokens = tokens(text);
        int from = random.nextInt(tokens.size() + 1);
        tokens.subList(from, Math.min(tokens.size(), from + 1 + random.nextInt(4)))
                .clear();
        return String.join("", tokens);
    }

    private String withTokenTwice(String text) {
        List<String> tokens = tokens(text);
        if (!tokens.isEmpty()) {
            int at = random.nextInt(tokens.size());
            tokens.add(at, tokens.get(at));
        }
        return String.join("", tokens);
    }

    private String withTokensSwapped(String text) {
        List<String> tokens = tokens(text);
        if (!tokens.isEmpty()) {
            java.util.Collections.swap(tokens, random.nextInt(tokens.size()), random.nextInt(tokens.size()));
        }
        return String.join("", tokens);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
