package fr.pivot.catalog;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A referential at a point, as people write it: {@code communes}, {@code communes@2019}, {@code
 * communes@2015-06-01}, {@code communes@2023,2015-12-31}, {@code naf@rev2}. A full ISO date is a
 * date; anything else is an edition.
 *
 * @param referential the referential's id
 * @param edition the edition, or null for the latest
 * @param date the date of validity, or null for the edition's reference date, or today where no
 *     edition is named either
 */
public record Reference(String referential, @Nullable String edition, @Nullable LocalDate date) {

  private static final Pattern NOTATION =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,63})(?:@([A-Za-z0-9._-]{1,32})(?:,([0-9-]{10}))?)?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  /** The latest edition of a referential, today. */
  public static Reference latest(String referential) {
    return new Reference(referential, null, null);
  }

  /** Reads the notation; empty where the text is none, as an impossible date makes it. */
  public static Optional<Reference> parse(String text) {
    Matcher matcher = NOTATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String at = matcher.group(2);
    String day = matcher.group(3);
    try {
      if (at != null && DATE.matcher(at).matches()) {
        return day == null
            ? Optional.of(new Reference(matcher.group(1), null, LocalDate.parse(at)))
            : Optional.empty();
      }
      return Optional.of(
          new Reference(matcher.group(1), at, day == null ? null : LocalDate.parse(day)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** The same point with another date. */
  public Reference withDate(LocalDate day) {
    return new Reference(referential, edition, day);
  }

  /** The same point in another edition. */
  public Reference withEdition(String name) {
    return new Reference(referential, name, date);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(referential);
    if (edition != null) {
      text.append('@').append(edition);
    }
    if (date != null) {
      text.append(edition == null ? '@' : ',').append(date);
    }
    return text.toString();
  }
}
