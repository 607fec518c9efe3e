package ai.fastn.camunda.compiler.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Places are in the order of the text. */
class PlaceTest {

    @Test
    void what_begins_earlier_comes_first_and_what_ends_earlier_of_two_that_begin_together() {
        Place first = new Place(1, 9, 3, 1);
        Place second = new Place(2, 1, 2, 5);
        Place third = new Place(2, 3, 2, 5);
        Place fourth = new Place(2, 3, 2, 6);
        Place fifth = new Place(2, 3, 3, 1);
        assertThat(List.of(fifth, third, fourth, first, second).stream().sorted())
                .containsExactly(first, second, third, fourth, fifth);
        assertThat(third).isEqualByComparingTo(new Place(2, 3, 2, 5)).hasToString("2:3-2:5");
    }
}
