package dev.merapi.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
    @Test
    void numbers_are_unique_and_have_four_digits() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number))
                .doesNotHaveDuplicates()
                .allSatisfy(number -> assertThat(number).isBetween(1000, 9999));
    }

    @Test
    void every_code_is_found_by_its_number_and_unknown_numbers_become_internal() {
        for (ErrorCode code : ErrorCode.values()) {
            assertThat(ErrorCode.ofNumber(code.number())).isEqualTo(code);
        }
        assertThat(ErrorCode.ofNumber(0)).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void sql_states_have_five_characters() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::sqlState).filter(s -> s != null))
                .allMatch(state -> state.matches("[0-9A-Z]{5}"));
    }

    @Test
    void a_message_is_its_text_then_its_context() {
        CodedException e = new CodedException(ErrorCode.UNKNOWN_COLUMN, "column does not exist")
                .with("column", "nme")
                .with("table", "users")
                .hint("did you mean name?")
                .at(8)
                .at(1);

        assertThat(e).hasMessage("column does not exist: column=nme, table=users");
        assertThat(e.text()).isEqualTo("column does not exist");
        assertThat(e.hint()).isEqualTo("did you mean name?");
        assertThat(e.position()).as("the first, most precise position is kept").hasValue(8);
    }
}
