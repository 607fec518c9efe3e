package ai.fastn.camunda;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Holds the code to the picture in ARCHITECTURE.md and to the invariants listed below it. */
@AnalyzeClasses(packages = "ai.fastn.camunda", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "ai.fastn.camunda.";
    private static final int LONGEST_FILE = 400;

    @ArchTest
    static void packagesImportOnlyWhatThePictureAllows(JavaClasses code) throws IOException {
        Map<String, Set<String>> mayImport = picture(Path.of("ARCHITECTURE.md"));
        for (String feature : code.stream().map(ArchitectureTest::feature).collect(toSet())) {
            String[] allowed = Stream.concat(Stream.of(feature), mayImport.getOrDefault(feature, Set.of()).stream())
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(ROOT + feature + "..")
                    .should(onlyDependOnClassesThat(
                            resideInAnyPackage(allowed).or(resideOutsideOfPackage("ai.fastn.camunda.."))))
                    .because("ARCHITECTURE.md lets " + feature + " import " + mayImport.get(feature))
                    .check(code);
        }
    }

    /** Phases of the compiler are known to its façade only. */
    @ArchTest
    ArchRule phasesStayInsideTheCompiler = classes()
            .that()
            .resideInAPackage("..compiler.*..")
            .should()
            .onlyBeAccessed()
            .byClassesThat()
            .resideInAPackage("..compiler..");

    @ArchTest
    ArchRule compilerKnowsEffectsByNameOnly = noUse("..compiler..", "..effect.*..");

    @ArchTest
    ArchRule compilerIsPlainJava = noUse("..compiler..", "org.camunda.bpm.engine..", "org.springframework..");

    @ArchTest
    ArchRule compilerIsDeterministic = noClasses()
            .that()
            .resideInAPackage("..compiler..")
            .should()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /** {@code autoconfigure} names the engine's types in its bean conditions and its clock. */
    @ArchTest
    ArchRule camundaInternalsStayInEngine =
            useOnlyIn(List.of("ai.fastn.camunda.engine..", "..autoconfigure.."), "org.camunda.bpm.engine.impl..");

    @ArchTest
    ArchRule springBootStaysInAutoconfigure = useOnlyIn(List.of("..autoconfigure.."), "org.springframework.boot..");

    @ArchTest
    ArchRule jdbcStaysWhereDataIsKept = useOnlyIn(
            List.of(
                    "..lifecycle..",
                    "..execution..",
                    "..access..",
                    "..runtime..",
                    "..effect..",
                    "..database..",
                    "ai.fastn.camunda.engine..",
                    "..autoconfigure.."),
            "java.sql..",
            "javax.sql..",
            "org.springframework.jdbc..");

    @ArchTest
    ArchRule javaScriptStaysInParserAndRuntime =
            useOnlyIn(List.of("..compiler.parse..", "..runtime.."), "org.graalvm..");

    @ArchTest
    ArchRule httpStaysInRest =
            useOnlyIn(List.of("..rest..", "..autoconfigure.."), "org.springframework.web..", "jakarta.servlet..");

    @ArchTest
    ArchRule namesSayWhatAThingIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Data|Info)");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses code) {
        assertThat(code.stream()
                        .map(JavaClass::getPackage)
                        .filter(p -> p.tryGetAnnotationOfType(NullMarked.class).isEmpty()))
                .as("packages without @NullMarked in package-info.java")
                .isEmpty();
    }

    @ArchTest
    static void filesFitInOneReading(JavaClasses code) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            List<Path> tooLong = sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file) > LONGEST_FILE)
                    .toList();
            assertThat(tooLong).as("files longer than %d lines", LONGEST_FILE).isEmpty();
        }
    }

    private static ArchRule noUse(String where, String... libraries) {
        return noClasses()
                .that()
                .resideInAPackage(where)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    private static ArchRule useOnlyIn(List<String> where, String... libraries) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(where.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries);
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String feature(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("\\.", -1)[0];
    }

    /** Reads lines such as {@code compiler --> workflow & bpmn} of the mermaid picture. */
    private static Map<String, Set<String>> picture(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains(" --> "))
                .map(line -> line.strip().split(" --> ", -1))
                .collect(toMap(
                        edge -> edge[0],
                        edge -> Arrays.stream(edge[1].split(" & ", -1)).collect(toSet())));
    }
}
