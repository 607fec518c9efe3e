package ai.fastn.camunda.compiler.layout;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** The handwritten graphs that are laid out, linted and looked at. */
final class Sketches {

    private Sketches() {}

    static Map<String, BpmnModelInstance> all() {
        Map<String, BpmnModelInstance> models = new LinkedHashMap<>();
        graphs().forEach((name, text) -> models.put(name, Sketch.of(text)));
        return models;
    }

    static BpmnModelInstance named(String name) {
        return Sketch.of(java.util.Objects.requireNonNull(graphs().get(name), name));
    }

    /** The lines of every sketch by its name. */
    static Map<String, String[]> graphs() {
        Map<String, String[]> lines = new LinkedHashMap<>();
        lines.put("sequence", lines("start > read_deal_from_hubspot > write_row > done"));
        lines.put(
                "early-return",
                lines(
                        "start > read_state > q_already_processed [yes] > done_skipped_already_processed",
                        "q_already_processed [no] > read_deal > write_deck > done"));
        lines.put("long-branch-returns", lines("start > q_ok [yes] > a > b > c > done", "q_ok [no] > done_not_ok"));
        lines.put(
                "if-without-else",
                lines("start > q_big_deal [yes] > notify > m_1 > write > done", "q_big_deal [no] > m_1"));
        lines.put(
                "if-else", lines("start > q_big_deal [yes] > a > b > m_1 > write > done", "q_big_deal [no] > c > m_1"));
        lines.put(
                "two-ifs",
                lines("start > q_a [yes] > a > m_1 > q_b [yes] > b > m_2 > done", "q_a [no] > m_1", "q_b [no] > m_2"));
        lines.put(
                "nested-ifs",
                lines(
                        "start > q_a [yes] > a > q_b [yes] > b > m_b > c > m_a > done",
                        "q_b [no] > m_b",
                        "q_a [no] > d > q_c [yes] > e > m_c > m_a",
                        "q_c [no] > m_c"));
        lines.put("while", lines("start > m_1 > q_more_deals [yes] > next > write > m_1", "q_more_deals [no] > done"));
        lines.put("do-while", lines("start > m_1 > read > wait > q_not_ready [yes] > m_1", "q_not_ready [no] > done"));
        lines.put(
                "nested-loops",
                lines(
                        "start > m_1 > q_more_pages [yes] > read_page > m_2 > q_more_deals [yes] > write > m_2",
                        "q_more_deals [no] > next_page > m_1",
                        "q_more_pages [no] > sum > done"));
        lines.put(
                "break-and-continue",
                lines(
                        "start > m_1 > q_more_deals [yes] > next > q_closed [yes] > m_1",
                        "q_closed [no] > read > q_found [yes] > m_2 > report > done",
                        "q_found [no] > write > m_1",
                        "q_more_deals [no] > m_2"));
        lines.put(
                "labelled-continue",
                lines(
                        "start > m_1 > q_more_rows [yes] > row > m_2 > q_more_cells [yes] > cell > q_bad [yes] > m_1",
                        "q_bad [no] > use > m_2",
                        "q_more_cells [no] > after_row > m_1",
                        "q_more_rows [no] > done"));
        lines.put(
                "return-out-of-loops",
                lines(
                        "start > m_1 > q_more_rows [yes] > m_2 > q_more_cells [yes] > cell > q_found [yes] > done_found",
                        "q_found [no] > m_2",
                        "q_more_cells [no] > m_1",
                        "q_more_rows [no] > done_not_found"));
        lines.put(
                "switch",
                lines(
                        "start > read > q_gold ['gold'] > gold > m_end > write > done",
                        "q_gold [no] > q_silver ['silver'] > silver > m_end",
                        "q_silver [no] > q_bronze ['bronze'] > bronze > m_end",
                        "q_bronze [no] > standard > m_end"));
        lines.put(
                "switch-fallthrough",
                lines(
                        "start > q_a ['a'] > body_a > m_b > body_b > m_end > done",
                        "q_a [no] > q_b ['b'] > m_b",
                        "q_b [no] > q_c ['c'] > body_c > m_end",
                        "q_c [no] > m_end"));
        lines.put(
                "try",
                lines(
                        "start > prepare > try_send",
                        "in try_send",
                        "start_try > read_deal > write_row > done_sent",
                        "out",
                        "err_on_error on try_send",
                        "try_send > m_1 > write_state > done",
                        "err_on_error > note_error > m_1"));
        lines.put(
                "try-returns",
                lines(
                        "start > try_send",
                        "in try_send",
                        "start_try > read_deal > q_empty [yes] > done_empty",
                        "q_empty [no] > write_row > done_sent",
                        "out",
                        "err_on_error on try_send",
                        "try_send > write_state > done",
                        "err_on_error > note_error > done_failed"));
        lines.put(
                "nested-try",
                lines(
                        "start > try_outer",
                        "in try_outer",
                        "start_outer > a > try_inner > m_i > b > done_outer",
                        "in try_inner",
                        "start_inner > c > done_inner",
                        "out",
                        "err_inner on try_inner",
                        "err_inner > d > m_i",
                        "out",
                        "err_outer on try_outer",
                        "err_outer > e > q_again [yes] > f > m_o > done",
                        "q_again [no] > done_given_up",
                        "try_outer > m_o"));
        lines.put(
                "two-boundary-events",
                lines(
                        "start > try_send",
                        "in try_send",
                        "start_try > a > b > c > d > done_sent",
                        "out",
                        "err_on_error on try_send",
                        "err_standard_2_min on try_send",
                        "try_send > done",
                        "err_on_error > handle > report > done_failed",
                        "err_standard_2_min > done_timed_out"));
        lines.put(
                "try-in-loop",
                lines(
                        "start > m_1 > q_more_deals [yes] > next > try_deal > m_2 > m_1",
                        "in try_deal",
                        "start_try > read > write > done_sent",
                        "out",
                        "err_on_error on try_deal",
                        "err_on_error > q_worth_a_retry [yes] > wait > m_2",
                        "q_worth_a_retry [no] > m_2",
                        "q_more_deals [no] > done"));
        lines.put(
                "loop-in-try",
                lines(
                        "start > try_all",
                        "in try_all",
                        "start_try > m_1 > q_more_deals [yes] > read > m_1",
                        "q_more_deals [no] > done_all",
                        "out",
                        "err_on_error on try_all",
                        "err_on_error > done_failed",
                        "try_all > done"));
        lines.put(
                "long-names",
                lines(
                        "start_when_a_hubspot_deal_changes > read_the_deal_from_hubspot_crm_with_all_its_properties > q_is_the_amount_of_the_deal_greater_than_one_hundred_thousand ['really large'] > a > m_1 > done_deck_created_for_the_deal",
                        "q_is_the_amount_of_the_deal_greater_than_one_hundred_thousand [no] > m_1"));
        lines.put(
                "irregular",
                lines(
                        "start > q_a [yes] > a > m_x > b > q_b [yes] > m_y > c > q_c [yes] > m_x",
                        "q_a [no] > m_y",
                        "q_b [no] > done",
                        "q_c [no] > q_d [yes] > m_y",
                        "q_d [no] > done_other"));
        lines.put("tight-self-loop", lines("start > m_1 > q_wait [yes] > m_1", "q_wait [no] > done"));
        lines.put("two-hundred-nodes", twoHundredNodes());
        return lines;
    }

    private static String[] lines(String... lines) {
        return lines;
    }

    /** Twenty-five times: a loop with a fork in it, then a guard. */
    private static String[] twoHundredNodes() {
        Stream<String> end = Stream.of("m_24c > done");
        return Stream.concat(
                        IntStream.range(0, 25)
                                .boxed()
                                .flatMap(i -> Arrays.stream(new String[] {
                                    (i == 0 ? "start" : "m_" + (i - 1) + "c") + " > m_" + i + "a > q_" + i
                                            + "a [yes] > read_" + i + " > q_" + i + "b [yes] > write_" + i + " > m_" + i
                                            + "b > m_" + i + "a",
                                    "q_" + i + "b [no] > m_" + i + "b",
                                    "q_" + i + "a [no] > q_" + i + "c [yes] > report_" + i + " > m_" + i + "c",
                                    "q_" + i + "c [no] > m_" + i + "c"
                                })),
                        end)
                .toList()
                .toArray(new String[0]);
    }
}
