package fr.pivot.finding;

import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a request, as data (RFC 9457).
 *
 * @param type what kind of problem it is
 * @param members the extension members, in the order of the answer: strings, numbers, dates, lists
 *     and maps of them
 */
public record Problem(ProblemType type, Map<String, @Nullable Object> members) {

  private static final Pattern MEMBER = Pattern.compile("\\{(\\w+)}");
  private static final int LONGEST_QUOTE = 100;

  /** Keeps a copy that nobody can change. */
  public Problem {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The same problem with one more member. */
  public Problem with(String member, @Nullable Object value) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(members);
    all.put(member, value);
    return new Problem(type, all);
  }

  /** The problem as an exception, for whoever cannot answer it. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  /** What it says this time, in a language. */
  public String detail(Language language) {
    Matcher matcher = MEMBER.matcher(type.detail().in(language));
    return matcher.replaceAll(
        match -> Matcher.quoteReplacement(quote(members.get(match.group(1)), language)));
  }

  private static String quote(@Nullable Object value, Language language) {
    if (value instanceof Text text) {
      return text.in(language);
    }
    String text =
        value instanceof Collection<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
            : String.valueOf(value);
    return text.length() <= LONGEST_QUOTE || value instanceof Collection<?>
        ? text
        : text.substring(0, LONGEST_QUOTE) + "…";
  }
}
