package ai.fastn.camunda.bench;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.compiler.analyze.AnalyzedScript;
import ai.fastn.camunda.compiler.analyze.Analyzer;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.compiler.parse.Parsed;
import ai.fastn.camunda.compiler.parse.Script;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import ai.fastn.camunda.compiler.slice.Slicer;
import ai.fastn.camunda.diagnostic.Diagnostic;
import ai.fastn.camunda.diagnostic.DiagnosticText;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.util.List;
import java.util.function.UnaryOperator;

/** Gives files of a foreign corpus their verdict: compiles them and compares their runs with the plain function. */
final class CorpusJudge implements AutoCloseable {

    private final WorkflowCompiler compiler = new WorkflowCompiler();
    private final ScriptParser parser = new ScriptParser();
    private final Bench bench = FixedRandom.during(() -> new Bench(Catalogs.TEST));
    private final CorpusLimits limits;

    CorpusJudge(CorpusLimits limits) {
        this.limits = limits;
    }

    /** Loads what the first file would wait for otherwise. */
    void warmUp() {
        judge(program("export default async function () { return await fastn.connector.probe.read(1) }"));
    }

    /** A workflow that is in no file. */
    static CorpusFile program(String source) {
        return new CorpusFile("program.js", new SourceText("program.js", source), "null", "{}");
    }

    Verdict judge(CorpusFile file) {
        return judge(file, subject -> subject);
    }

    /** The verdict on a workflow whose runs are compared with a changed subject: shows that the comparison can fail. */
    Verdict judge(CorpusFile file, UnaryOperator<Subject> change) {
        Trial trial = new Trial(file.name(), bench, limits);
        try {
            return judge(file, change, trial);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return trial.crashed(e);
        }
    }

    private Verdict judge(CorpusFile file, UnaryOperator<Subject> change, Trial trial) {
        CompilerInput input = new CompilerInput(
                file.source(), WorkflowSlug.of("foreign"), 1, WorkflowConfiguration.named("Foreign"), Catalogs.TEST);
        Parsed parsed = parser.parse(input.source());
        Compilation compilation = compiler.compile(input);
        if (compilation instanceof Compilation.Rejected rejected) {
            return trial.rejected(shown(input.source(), rejected.diagnostics()));
        }
        Script script = ((Parsed.Accepted) parsed).script();
        trial.compiled(anatomy(script, input));
        return trial.run(change.apply(new Subject(
                file.name(),
                script.javaScript(),
                BenchProcess.read(((Compilation.Compiled) compilation).bpmn()),
                file.inputJson(),
                file.repliesJson())));
    }

    private static Anatomy anatomy(Script script, CompilerInput input) {
        AnalyzedScript analyzed = new Analyzer().analyze(script, input.catalog());
        return Anatomy.of(
                analyzed, new Slicer().slice(analyzed, input.configuration().tier()));
    }

    private static List<String> shown(SourceText source, List<Diagnostic> diagnostics) {
        DiagnosticText text = new DiagnosticText(source);
        return diagnostics.stream().map(text::of).toList();
    }

    @Override
    public void close() {
        bench.close();
        compiler.close();
        parser.close();
    }
}
