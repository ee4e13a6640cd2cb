package fr.pivot.search;

import fr.pivot.registry.NameWords;
import fr.pivot.registry.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to read what somebody asked: a name, and where it is.
 *
 * @param text the name as it was written
 * @param name the words of the name
 * @param contexts what the text says beside the name: {@code (93)}, {@code 93200}, {@code Réunion}
 * @param whole whether nothing of the text is passed over
 */
record ParsedQuestion(String text, NameWords name, List<Context> contexts, boolean whole) {

  private ParsedQuestion(String text, List<Context> contexts) {
    this(text, NameWords.of(text), contexts, !contexts.isEmpty());
  }

  private static final Pattern ASIDE =
      Pattern.compile("^(.*\\S)\\s*[(\\[]([^()\\[\\]]+)[)\\]]\\s*$");
  private static final Pattern AFTER_COMMA = Pattern.compile("^(.*\\S)\\s*[,;/–—]\\s*([^,;/–—]+)$");
  private static final Pattern AFTER_DASH = Pattern.compile("^(.*\\S)\\s+-\\s+(\\S.*)$");
  private static final Pattern BEFORE_DASH = Pattern.compile("^(\\S+)\\s+-\\s+(\\S.*)$");
  private static final Pattern CODE_BEFORE =
      Pattern.compile("^(?:F-)?(\\d{5}|\\d{2,3}|2[ABab])\\s+(\\D.*)$");
  private static final Pattern CODE_AFTER =
      Pattern.compile("^(.*\\S)\\s+(\\d{5}|\\d{2,3}|2[ABab])\\s*$");

  /**
   * The ways to read a text, the plainest first: all of it as a name, then what stands beside the
   * name as its surroundings, where they are known.
   */
  static List<ParsedQuestion> list(QuestionText asked, Point point, Contexts contexts) {
    List<ParsedQuestion> ways = new ArrayList<>(3);
    if (!asked.words().isEmpty()) {
      ways.add(new ParsedQuestion(asked.plain(), asked.words(), List.of(), true));
    }
    if (!asked.simple()) {
      split(asked.plain(), point, contexts, ways);
    }
    NameWords without = asked.withoutBody();
    if (without != asked.words() && !without.isEmpty()) {
      ways.add(new ParsedQuestion(asked.plain(), without, List.of(), true));
    }
    return ways;
  }

  private static void split(
      String plain, Point point, Contexts contexts, List<ParsedQuestion> ways) {
    split(ASIDE, plain, 1, 2, point, contexts, ways);
    if (ways.size() < 2) {
      split(CODE_BEFORE, plain, 2, 1, point, contexts, ways);
    }
    if (ways.size() < 2) {
      split(BEFORE_DASH, plain, 2, 1, point, contexts, ways);
    }
    if (ways.size() < 2) {
      split(CODE_AFTER, plain, 1, 2, point, contexts, ways);
    }
    if (ways.size() < 2) {
      split(AFTER_DASH, plain, 1, 2, point, contexts, ways);
    }
    if (ways.size() < 2) {
      split(AFTER_COMMA, plain, 1, 2, point, contexts, ways);
    }
  }

  private static void split(
      Pattern pattern,
      String text,
      int namePart,
      int asidePart,
      Point point,
      Contexts contexts,
      List<ParsedQuestion> ways) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      return;
    }
    String aside = matcher.group(asidePart).strip();
    Optional<Context> context = contexts.findAround(point, aside);
    String name = matcher.group(namePart);
    if (context.isPresent()) {
      // 93200 Saint-Denis (93) says it twice.
      Matcher again = CODE_BEFORE.matcher(name);
      if (pattern != CODE_BEFORE && again.matches()) {
        name = again.group(2);
      }
      ParsedQuestion way = new ParsedQuestion(name, List.of(context.get()));
      if (!way.name().isEmpty()) {
        ways.add(way);
      }
    } else if (pattern == ASIDE) {
      // What nobody knows in parentheses is said beside the name, all the same.
      ParsedQuestion way = new ParsedQuestion(name, List.of());
      if (!way.name().isEmpty() && !way.name().bare().equals(NameWords.of(text).bare())) {
        ways.add(way);
      }
    }
  }
}
