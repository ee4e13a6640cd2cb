package fr.pivot.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fr.pivot.referential.correspondence.Association;
import fr.pivot.referential.correspondence.Match;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairedCodesTest {

  @Test
  void the_table_tells_how_codes_match_where_its_lines_do_not() {
    PairedCodes pairs = new PairedCodes();
    pairs.add("one", "ONE");
    pairs.add("split", "LEFT");
    pairs.add("split", "RIGHT");
    pairs.add("first", "UNION");
    pairs.add("second", "UNION");
    pairs.add("mixed", "PIECE");
    pairs.add("mixed", "MEETING");
    pairs.add("whole", "MEETING");
    assertEquals(
        List.of(
            line("one", "ONE", Match.EXACT),
            line("split", "LEFT", Match.NARROWER),
            line("split", "RIGHT", Match.NARROWER),
            line("first", "UNION", Match.BROADER),
            line("second", "UNION", Match.BROADER),
            line("mixed", "PIECE", Match.NARROWER),
            line("mixed", "MEETING", Match.RELATED),
            line("whole", "MEETING", Match.BROADER)),
        pairs.toAssociations());
  }

  @Test
  void a_line_said_twice_is_not_a_second_partner_and_what_a_line_states_stays() {
    PairedCodes pairs = new PairedCodes();
    pairs.add("a", "A");
    pairs.add("a", "A");
    pairs.add("b", "B", Match.CLOSE, null, null, Map.of());
    assertEquals(
        List.of(
            line("a", "A", Match.EXACT), line("a", "A", Match.EXACT), line("b", "B", Match.CLOSE)),
        pairs.toAssociations());
  }

  @Test
  void the_partial_marks_of_a_publisher_tell_how_codes_match() {
    assertEquals(Match.EXACT, PairedCodes.match(false, false));
    assertEquals(Match.NARROWER, PairedCodes.match(true, false));
    assertEquals(Match.BROADER, PairedCodes.match(false, true));
    assertEquals(Match.RELATED, PairedCodes.match(true, true));
  }

  private static Association line(String source, String target, Match match) {
    return new Association(source, target, match, null, null, Map.of());
  }
}
