package ai.fastn.camunda.compiler.bench;

import ai.fastn.camunda.compiler.Compilation;
import ai.fastn.camunda.compiler.CompilerInput;
import ai.fastn.camunda.compiler.WorkflowCompiler;
import ai.fastn.camunda.diagnostic.SourceText;
import ai.fastn.camunda.workflow.WorkflowConfiguration;
import ai.fastn.camunda.workflow.WorkflowSlug;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is measured of the compiler, each in a fresh process. */
enum CompilerMeasurement {
    /** The parser is made ready at the start, as the application does it, and the first workflow comes at once. */
    FIRST {
        @Override
        void measure(WorkflowCompiler compiler, Map<String, Double> figures) {
            long begin = System.nanoTime();
            warmInBackground(compiler);
            compile(compiler, LongSource.of(50, 1, false));
            figures.put(FIRST_WORKFLOW, secondsSince(begin));
        }
    },

    /** One workflow after the other, all different. */
    MANY {
        @Override
        void measure(WorkflowCompiler compiler, Map<String, Double> figures) {
            double before = usedMegabytes();
            long begin = System.nanoTime();
            long[] each = new long[WORKFLOWS];
            for (int i = 0; i < WORKFLOWS; i++) {
                long start = System.nanoTime();
                compile(compiler, LongSource.of(50, i, i % 2 == 1));
                each[i] = System.nanoTime() - start;
            }
            figures.put(THOUSAND, secondsSince(begin));
            Arrays.sort(each, WORKFLOWS / 2, WORKFLOWS);
            figures.put(WARM_WORKFLOW, each[WORKFLOWS * 3 / 4] / 1e6);
            figures.put("memory after garbage collection, before the 1,000 (MB)", before);
            figures.put("memory after garbage collection, behind them (MB)", usedMegabytes());
            figures.put("memory at most on the way, garbage included (MB)", peakMegabytes());
            begin = System.nanoTime();
            compile(compiler, LongSource.of(50, WORKFLOWS - 1, WORKFLOWS % 2 == 0));
            figures.put(UNCHANGED, secondsSince(begin) * 1_000);
        }
    },

    /** A long file is the second thing that a process compiles. */
    LONG_JAVASCRIPT {
        @Override
        void measure(WorkflowCompiler compiler, Map<String, Double> figures) {
            measureLong(compiler, figures, "JavaScript", false);
        }
    },

    LONG_TYPESCRIPT {
        @Override
        void measure(WorkflowCompiler compiler, Map<String, Double> figures) {
            measureLong(compiler, figures, "TypeScript", true);
        }
    };

    private static final int WORKFLOWS = 1_000;
    private static final int LONG = 5_000;
    private static final String FIRST_WORKFLOW = "first workflow of a fresh process, 50 lines (s)";
    private static final String WARM_WORKFLOW = "one workflow of 50 lines, warm, median (ms)";
    private static final String THOUSAND = "1,000 different workflows of 50 lines (s)";
    private static final String UNCHANGED = "an unchanged workflow again (ms)";

    /** The figures that hold on two processors with nothing else to do. */
    static final Map<String, Double> PROMISED = Map.of(
            FIRST_WORKFLOW,
            4.0,
            WARM_WORKFLOW,
            150.0,
            THOUSAND,
            120.0,
            longFile("JavaScript", "warm"),
            6.0,
            longFile("TypeScript", "warm"),
            6.0);

    abstract void measure(WorkflowCompiler compiler, Map<String, Double> figures);

    /** Arguments: the name of a measurement and the file for its figures. */
    public static void main(String[] args) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        try (WorkflowCompiler compiler = new WorkflowCompiler()) {
            valueOf(args[0]).measure(compiler, figures);
        }
        new ObjectMapper().writeValue(new File(args[1]), figures);
    }

    private static void measureLong(
            WorkflowCompiler compiler, Map<String, Double> figures, String language, boolean typeScript) {
        compiler.warm();
        long begin = System.nanoTime();
        compile(compiler, LongSource.of(LONG, 1, typeScript));
        figures.put(longFile(language, "first of its process"), secondsSince(begin));
        for (int i = 2; i < 4; i++) {
            compile(compiler, LongSource.of(LONG, i, typeScript));
        }
        begin = System.nanoTime();
        compile(compiler, LongSource.of(LONG, 4, typeScript));
        figures.put(longFile(language, "warm"), secondsSince(begin));
        figures.put("memory after garbage collection, behind 4 such files (MB), " + language, usedMegabytes());
        figures.put("memory at most on the way, garbage included (MB), " + language, peakMegabytes());
    }

    private static String longFile(String language, String state) {
        return "5,000 lines of " + language + ", " + state + " (s)";
    }

    private static void warmInBackground(WorkflowCompiler compiler) {
        Thread warmUp = new Thread(compiler::warm, "warm-up");
        warmUp.setDaemon(true);
        warmUp.start();
    }

    private static void compile(WorkflowCompiler compiler, SourceText source) {
        Compilation compilation = compiler.compile(new CompilerInput(
                source, WorkflowSlug.of("long"), 1, WorkflowConfiguration.named("Long"), Catalogs.TEST));
        if (!(compilation instanceof Compilation.Compiled)) {
            throw new IllegalStateException("bug: the benchmark's own source does not compile: " + compilation);
        }
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double usedMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    /** The sum of what each part of the heap held at most: never less than the true peak. */
    private static double peakMegabytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToDouble(usage -> usage.getUsed())
                        .sum()
                / 1e6;
    }
}
