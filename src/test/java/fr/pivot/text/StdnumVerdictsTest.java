package fr.pivot.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Compares check digits with python-stdnum over the numbers that {@code stdnum/verdicts.py} makes.
 */
class StdnumVerdictsTest {

  private static final int COUNT = 100_000;
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String LA_POSTE = "356000000";

  private static List<String> numbers = List.of();
  private static BitSet verdicts = new BitSet();

  @BeforeAll
  static void read() throws IOException {
    Dice dice = new Dice(2026);
    List<String> made = new ArrayList<>(COUNT);
    for (int i = 0; i < COUNT; i++) {
      made.add(damaged(sound(dice), dice));
    }
    numbers = made;
    try (InputStream in =
        Objects.requireNonNull(
            StdnumVerdictsTest.class.getResourceAsStream("stdnum/verdicts.bin"))) {
      verdicts = BitSet.valueOf(in.readAllBytes());
    }
  }

  @Test
  void the_numbers_are_those_that_were_judged() throws NoSuchAlgorithmException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(String.join("\n", numbers).getBytes(StandardCharsets.US_ASCII));
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo("78b042f1e87def4cc31ff38eb964f823cf918c0fd236edc0ee3e085d2ec4fae1");
  }

  @Test
  void every_siren_has_the_same_verdict() {
    assertThat(verdicts.get(0, COUNT).cardinality()).isEqualTo(13_154);
    List<String> differ = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      if (CheckDigits.isSiren(numbers.get(i)) != verdicts.get(i)) {
        differ.add(numbers.get(i));
      }
    }
    assertThat(differ).isEmpty();
  }

  @Test
  void every_siret_has_the_same_verdict() {
    assertThat(verdicts.get(COUNT, 2 * COUNT).cardinality()).isEqualTo(16_023);
    List<String> differ = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      if (CheckDigits.isSiret(numbers.get(i)) != verdicts.get(COUNT + i)) {
        differ.add(numbers.get(i));
      }
    }
    assertThat(differ).isEmpty();
  }

  private static String sound(Dice dice) {
    int kind = dice.next(8);
    if (kind < 3) {
      return proven(dice.digits(8));
    }
    if (kind < 6) {
      String siren = proven(dice.digits(8));
      return proven(siren + dice.digits(4));
    }
    if (kind == 6) {
      return LA_POSTE + dice.digits(5);
    }
    int office = dice.next(16);
    return office == 0 ? "35600000000048" : proven(LA_POSTE + dice.digits(4));
  }

  private static String proven(String digits) {
    return digits + CheckDigits.luhnDigit(digits);
  }

  private static String damaged(String number, Dice dice) {
    int kind = dice.next(6);
    int place = dice.next(number.length() - 1);
    String before = number.substring(0, place);
    String from = number.substring(place);
    String after = number.substring(place + 1);
    return switch (kind) {
      case 0, 1 -> number;
      case 2 -> before + (from.charAt(0) - '0' + 1 + dice.next(9)) % 10 + after;
      case 3 -> before + from.charAt(1) + from.charAt(0) + from.substring(2);
      case 4 -> dice.next(2) == 0 ? before + after : before + dice.next(10) + from;
      default -> before + LETTERS.charAt(dice.next(LETTERS.length())) + after;
    };
  }

  /** Knuth's linear congruential generator of MMIX; its low bits are not used. */
  private static final class Dice {

    private long state;

    Dice(long seed) {
      state = seed;
    }

    int next(int bound) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      return (int) ((state >>> 33) % bound);
    }

    String digits(int count) {
      StringBuilder digits = new StringBuilder();
      for (int i = 0; i < count; i++) {
        digits.append(next(10));
      }
      return digits.toString();
    }
  }
}
