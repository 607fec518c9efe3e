package ai.fastn.camunda.compiler.emit;

import ai.fastn.camunda.compiler.slice.Action;
import ai.fastn.camunda.compiler.slice.Deed;
import ai.fastn.camunda.compiler.slice.Words;
import ai.fastn.camunda.workflow.StepKind;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of nodes: sentences, as a modeler would write them. */
final class Wording {

    private static final String CLIENT = "fastn";

    private Wording() {}

    static String of(Action.Code code) {
        Optional<String> said = code.main().map(Deed::sentence);
        if (code.kind() != StepKind.PROCESS) {
            return effects(code, said.orElse("Run"));
        }
        if (code.comment().isPresent()) {
            return code.comment().get();
        }
        if (said.filter(sentence -> sentence.startsWith("Fail")).isPresent()) {
            return said.get();
        }
        if (!code.sets().isEmpty()) {
            return prepare(code.sets());
        }
        return code.returns() ? "Prepare result" : said.orElseGet(() -> ofCompiler(code));
    }

    /** The client itself is nothing that a reader wants to know of. */
    private static String prepare(List<String> sets) {
        List<String> others = sets.stream().filter(name -> !name.equals(CLIENT)).toList();
        return others.isEmpty() ? "Set up Fastn" : Words.cut("Prepare " + Words.list(others));
    }

    private static String ofCompiler(Action.Code code) {
        return code.deeds().stream().map(Deed::sentence).findFirst().orElse("Go on");
    }

    private static String effects(Action.Code code, String sentence) {
        int more = code.effects().size() - code.main().map(Deed::effects).orElse(0);
        return Words.cut(more > 0 ? sentence + " and " + more + " more" : sentence);
    }

    /** {@code "Wait 5 min"}; for a time that is computed, what it is computed of. */
    static String sleep(String expression) {
        String text = expression.replaceAll("\\$\\d+\\b", "").strip();
        if (text.matches("\\d[\\d_]{0,8}(\\s*\\*\\s*\\d[\\d_]{0,8}){0,3}")) {
            return Arrays.stream(text.replace("_", "").split("\\*"))
                    .map(factor -> new BigInteger(factor.strip()))
                    .reduce(BigInteger::multiply)
                    .map(millis -> "Wait " + spoken(millis))
                    .orElse("Wait");
        }
        if (text.matches("[A-Za-z_][\\w.]*") && !text.equals("wait")) {
            return Words.cut("Wait for " + Words.spoken(text.replace('.', ' ')));
        }
        return text.matches("[\\w\\s.*+()-]+") && text.contains("*")
                ? Words.cut("Wait "
                        + text.replaceAll("\\s+", " ").replace("**", "^").replace("*", "×") + " ms")
                : "Wait";
    }

    private static String spoken(BigInteger millis) {
        List<Map.Entry<String, Integer>> units =
                List.of(Map.entry(" h", 3_600_000), Map.entry(" min", 60_000), Map.entry(" s", 1000));
        return units.stream()
                .filter(unit -> millis.signum() > 0
                        && millis.mod(BigInteger.valueOf(unit.getValue())).signum() == 0)
                .findFirst()
                .map(unit -> millis.divide(BigInteger.valueOf(unit.getValue())) + unit.getKey())
                .orElse(millis + " ms");
    }
}
