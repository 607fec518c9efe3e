package ai.fastn.camunda.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.fastn.camunda.bench.SourceFigures.Site;
import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.compiler.parse.ScriptParser;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How much of a workflow its picture shows, and with how many elements. Prints the figures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PictureTest {

    private static final double EFFECTS_WITH_A_NODE = 0.90;
    private static final double ELEMENTS_PER_FACT = 2.0;

    private final WorkflowCompiler compiler = new WorkflowCompiler();
    private final ScriptParser parser = new ScriptParser();

    @AfterAll
    void close() {
        compiler.close();
        parser.close();
    }

    private PictureFigures picture(Subjects.Workflow workflow) {
        Compilation compilation = compiler.compile(workflow.input());
        assertThat(compilation).as(workflow.title()).isInstanceOf(Compilation.Compiled.class);
        return PictureFigures.of(((Compilation.Compiled) compilation).bpmn());
    }

    @Test
    void nearlyAllEffectsOfRealisticWorkflowsHaveANodeOfTheirOwn() {
        int all = 0;
        int own = 0;
        for (Subjects.Workflow workflow : RealisticWorkflows.all()) {
            PictureFigures picture = picture(workflow);
            List<Site> sites = SourceFigures.of(parser, workflow.input()).sites();
            List<Site> hidden = sites.stream()
                    .filter(site -> !picture.hasNodeOfItsOwn(site, sites))
                    .toList();
            all += sites.size();
            own += sites.size() - hidden.size();
            System.out.printf("%s: %d of %d%n", workflow, sites.size() - hidden.size(), sites.size());
            reasons(picture, hidden).forEach((reason, effects) -> System.out.printf("    %s: %s%n", effects, reason));
        }
        System.out.printf("effects with a node of their own: %d of %d (%.1f %%)%n", own, all, 100.0 * own / all);
        assertThat((double) own / all).isGreaterThanOrEqualTo(EFFECTS_WITH_A_NODE);
    }

    private static SortedMap<String, String> reasons(PictureFigures picture, List<Site> hidden) {
        return hidden.stream()
                .collect(Collectors.groupingBy(
                        picture::reason, TreeMap::new, Collectors.mapping(Site::effect, Collectors.joining(", "))));
    }

    @Test
    void thePicturesOfTheExamplesAreSparing() {
        int elements = 0;
        int facts = 0;
        for (ExampleFixture example : ExampleFixture.all()) {
            PictureFigures picture = picture(example.workflow());
            SourceFigures source = SourceFigures.of(parser, example.input());
            int drawn = picture.tasks() + picture.forks() + picture.ends();
            elements += drawn;
            facts += source.total();
            System.out.printf(
                    "%s: %d tasks, %d forks, %d ends for %d effects, %d decisions, %d loops, %d exits (%.2f)%n",
                    example,
                    picture.tasks(),
                    picture.forks(),
                    picture.ends(),
                    source.sites().size(),
                    source.decisions(),
                    source.loops(),
                    source.exits(),
                    (double) drawn / source.total());
        }
        System.out.printf("elements for each fact of the source: %.2f%n", (double) elements / facts);
        assertThat((double) elements / facts).isLessThanOrEqualTo(ELEMENTS_PER_FACT);
    }
}
