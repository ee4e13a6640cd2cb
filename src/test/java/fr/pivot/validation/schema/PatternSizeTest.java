package fr.pivot.validation.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PatternSizeTest {

  @Provide
  Arbitrary<String> patterns() {
    return Arbitraries.of(
            "a",
            "é",
            ".",
            "(",
            ")",
            "(?:",
            "(?i)",
            "[",
            "]",
            "[^]",
            "[a-z]",
            "[[:alpha:]]",
            "|",
            "*",
            "+?",
            "?",
            "{2}",
            "{3,}",
            "{2,5}",
            "{,2}",
            "{0}",
            "{",
            "}",
            "\\d",
            "\\p{L}",
            "\\pN",
            "\\x{41}",
            "\\Q[\\E",
            "\\Q",
            "\\E",
            "\\[",
            "\\\\",
            "^",
            "$",
            "-",
            ",",
            "5")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 20_000)
  void no_pattern_is_compiled_into_more_than_it_was_taken_for(@ForAll("patterns") String pattern) {
    long size = PatternSize.of(pattern);
    int compiled;
    try {
      compiled = Pattern.compile(pattern).programSize();
    } catch (PatternSyntaxException _) {
      return;
    }
    assertThat(compiled).as(pattern).isLessThanOrEqualTo((int) (2 * size + 10));
  }

  @Test
  void repetitions_of_repetitions_multiply() {
    assertThat(PatternSize.of("[0-9]{5}")).isBetween(5L, 50L);
    assertThat(PatternSize.of("(a{1000}){1000}")).isGreaterThan(1_000_000);
    assertThat(PatternSize.of("(".repeat(500) + "a" + "{9}){9}".repeat(500)))
        .isEqualTo(Integer.MAX_VALUE);
  }
}
