package ai.fastn.camunda.compiler.slice;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the statements that the compiler adds, all of which have one of a few forms. */
final class OfCompiler {

    private static final Pattern LOOP = Pattern.compile("\\$c\\d+\\S* = \\$(?:cursor|keys)\\((.*)\\);$");
    private static final Pattern TARGETS = Pattern.compile("^\\(\\[(.*?)] = \\[");
    private static final Pattern TARGET = Pattern.compile("^([A-Za-z_][\\w]*)[\\w$]* = ");
    private static final Pattern PATH = Pattern.compile("(?!null$|undefined$)[A-Za-z_][\\w.$]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private OfCompiler() {}

    /** Variables of the author that get a value. */
    private static List<String> names(String text) {
        Matcher several = TARGETS.matcher(text);
        if (several.find()) {
            return NAME.matcher(several.group(1).replaceAll("\\$\\w*", ""))
                    .results()
                    .map(found -> found.group())
                    .toList();
        }
        Matcher one = TARGET.matcher(text);
        return one.find() ? List.of(one.group(1)) : List.of();
    }

    /** The words that an id is made of; none where only the place in the graph says what it is for. */
    static String meaning(String text) {
        Matcher loop = LOOP.matcher(text);
        List<String> names = names(text);
        return loop.find() ? "loop " + list(loop.group(1)) : names.isEmpty() ? "" : "take " + names.get(0);
    }

    static String sentence(String text) {
        Matcher loop = LOOP.matcher(text);
        if (loop.find()) {
            return "Go through " + list(loop.group(1));
        }
        if (text.contains("= $thrown")) {
            return "Remember the error";
        }
        if (text.startsWith("throw ")) {
            return "Pass the error on";
        }
        List<String> names = names(text);
        return names.isEmpty() ? "Remember how it ended" : "Prepare " + Words.list(names);
    }

    private static String list(String text) {
        return PATH.matcher(text).matches()
                ? Words.spoken(text.replaceAll("\\$\\d+", "").replace('.', ' '))
                : "the list";
    }
}
