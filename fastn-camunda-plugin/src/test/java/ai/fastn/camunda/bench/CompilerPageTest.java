package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.compiler.bench.Catalogs;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.flow.Diagram;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What {@code docs/compiler.md} shows of its running example. {@code -Dgolden=update} draws the picture anew. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompilerPageTest {

    private static final Path PAGE = Path.of("docs/compiler.md");
    private static final Path PICTURE = Path.of("docs/images/compiler-example.svg");

    private final WorkflowCompiler compiler = new WorkflowCompiler();
    private final Compilation.Compiled compiled = compile(compiler);

    private static Compilation.Compiled compile(WorkflowCompiler compiler) {
        Compilation compilation = compiler.compile(new CompilerInput(
                new SourceText("workflow.js", block("```javascript\n")),
                WorkflowSlug.of("reserve-stock"),
                1,
                WorkflowConfiguration.named("Reserve stock"),
                Catalogs.TEST));
        assertThat(compilation).isInstanceOf(Compilation.Compiled.class);
        return (Compilation.Compiled) compilation;
    }

    @AfterAll
    void close() {
        compiler.close();
    }

    @Test
    void theStepsAreThoseOfTheExample() {
        assertThat(compiled.steps()).isEqualTo(block("```\n#0"));
    }

    @Test
    void thePictureIsThatOfTheExample() throws IOException {
        String picture = Diagram.read(compiled.bpmn()).svg();
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(PICTURE, picture);
        }
        assertThat(picture).as("run with -Dgolden=update").isEqualTo(ExampleFixture.text(PICTURE));
    }

    /** The first block of the page that starts so, without its fences. */
    private static String block(String start) {
        String page = ExampleFixture.text(PAGE);
        int text = page.indexOf("\n", page.indexOf(start)) + 1;
        return page.substring(text, page.indexOf("```\n", text));
    }
}
