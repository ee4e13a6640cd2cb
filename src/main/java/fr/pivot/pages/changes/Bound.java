package fr.pivot.pages.changes;

import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Resolution.Resolved;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.registry.Point;
import fr.pivot.registry.Points;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stretch begins or ends.
 *
 * @param text as it is written in addresses, or as it was typed where it cannot be read
 * @param point what it stands for; null where it cannot be read
 * @param wrong what is wrong with it; null where nothing is
 */
record Bound(String text, @Nullable Point point, @Nullable Text wrong) {

  /** A day as it is written in France: {@code 01/06/2015}. */
  private static final Pattern FRENCH_DAY = Pattern.compile("(\\d{1,2})/(\\d{1,2})/(\\d{4})");

  private static final Pattern YEAR = Pattern.compile("\\d{4}");

  /** Reads an edition or a day. */
  static Bound read(Registry registry, Referential referential, String typed, LocalDate today) {
    String text = iso(typed);
    Optional<Reference> reference = Reference.parse(referential.id() + '@' + text);
    if (reference.isPresent()
        && registry.catalog().resolve(reference.get(), today) instanceof Resolved) {
      return new Bound(text, Points.find(registry, reference.get(), today), null);
    }
    return new Bound(
        typed,
        null,
        YEAR.matcher(typed).matches()
            ? new Text(
                "Il n’y a pas d’édition " + typed + ".", "There is no edition " + typed + ".")
            : new Text(
                "« " + typed + " » n’est ni une édition ni un jour.",
                "\"" + typed + "\" is neither an edition nor a day."));
  }

  private static String iso(String typed) {
    Matcher day = FRENCH_DAY.matcher(typed);
    return day.matches()
        ? day.group(3) + '-' + twoDigits(day.group(2)) + '-' + twoDigits(day.group(1))
        : typed;
  }

  private static String twoDigits(String number) {
    return number.length() == 1 ? '0' + number : number;
  }

  /** The same, which begins after another one, where the stretch should end. */
  Bound after(Bound end) {
    return new Bound(
        text,
        null,
        new Text(
            "« De » (" + text + ") vient après « À » (" + end.text + ").",
            "\"From\" (" + text + ") is after \"To\" (" + end.text + ")."));
  }
}
