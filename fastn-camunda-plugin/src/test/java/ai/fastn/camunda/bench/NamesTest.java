package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bpmn.BpmnReader;
import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ScriptTask;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a reader of a diagram reads: sentences out of the author's own words, nothing of the machinery. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NamesTest {

    /** {@code $t3}, {@code order$2}: variables as the compiler calls them. */
    private static final Pattern OF_COMPILER = Pattern.compile(
            "\\$(t|c|way|error|result|ret|ctx|thrown|call|next|cursor|keys|key|tdz|i)\\d*\\b|\\w\\$\\d");

    /** Something has no name. */
    private static final Pattern NOTHING = Pattern.compile("(^|\\s)(null|undefined|NaN)(\\?|,|$)|\\[object");

    /** A verb, then what it is done to. */
    private static final Pattern TASK = Pattern.compile("\\p{Lu}[\\p{L}\\d]*:? \\S.*", Pattern.DOTALL);

    private final WorkflowCompiler compiler = new WorkflowCompiler();

    @AfterAll
    void close() {
        compiler.close();
    }

    static Stream<Subjects.Workflow> workflows() {
        return Subjects.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workflows")
    void names_are_sentences_in_the_words_of_the_author(Subjects.Workflow workflow) {
        Compilation compilation = compiler.compile(workflow.input());
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        BpmnModelInstance model = BpmnReader.read(((Compilation.Compiled) compilation).bpmn());
        String source = workflow.input().source().text();
        assertThat(names(model))
                .allSatisfy(name -> assertThat(name)
                        .isNotBlank()
                        .doesNotContainPattern(OF_COMPILER)
                        .satisfies(said -> assertThat(isQuoted(said, source)
                                        || source.contains("const undefined$")
                                        || !NOTHING.matcher(said).find())
                                .as(said)
                                .isTrue()));
        assertThat(model.getModelElementsByType(ScriptTask.class))
                .extracting(ScriptTask::getName)
                .allSatisfy(name -> assertThat(
                                isQuoted(name, source) || TASK.matcher(name).matches())
                        .as(name)
                        .isTrue());
    }

    /** All names but those of gateways where ways only meet. */
    private static List<String> names(BpmnModelInstance model) {
        Stream<String> nodes = model.getModelElementsByType(FlowNode.class).stream()
                .filter(node ->
                        !(node instanceof ExclusiveGateway && node.getIncoming().size() > 1))
                .map(FlowNode::getName);
        Stream<String> answers = model.getModelElementsByType(SequenceFlow.class).stream()
                .map(SequenceFlow::getName)
                .filter(name -> name != null);
        return Stream.concat(nodes, answers).toList();
    }

    /** A comment or a message of the author, who may write what he likes. */
    private static boolean isQuoted(String name, String source) {
        String words = name.replaceFirst("^(Fail: |Log \"|Try: )", "").replaceAll("[…\"]+.*$", "");
        String text = source.replaceAll("[*/\\s]+", " ").toLowerCase(Locale.ROOT);
        return text.contains(words.toLowerCase(Locale.ROOT));
    }
}
