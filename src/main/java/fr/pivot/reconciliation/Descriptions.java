package fr.pivot.reconciliation;

import fr.pivot.referential.Language;
import fr.pivot.referential.Level;
import fr.pivot.referential.Text;
import fr.pivot.registry.CodeAnswer.Status;
import fr.pivot.registry.CodeView;
import fr.pivot.registry.Knowledge;
import fr.pivot.search.Hit;
import fr.pivot.search.Localities;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in a few words what a concept is, where it is, and since or until when. */
public final class Descriptions {

  private static final DateTimeFormatter FRENCH =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRENCH);
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  private Descriptions() {}

  /**
   * Describes a concept.
   *
   * @param hit how it was found, where its name of the past matters; null otherwise
   */
  public static String of(CodeView view, @Nullable Hit hit, Language language) {
    List<String> parts = new ArrayList<>();
    parts.add(level(view, language));
    Localities.find(view).ifPresent(parts::add);
    Hit.Former former = hit == null ? null : hit.former();
    if (hit != null && former != null) {
      boolean own = former.code().equals(view.code());
      String name = own ? hit.name() : hit.name() + " (" + former.code() + ')';
      parts.add(
          (hit.kind() == Hit.Kind.CODE
                      ? new Text("ancien code : " + hit.name(), "former code: " + hit.name())
                      : new Text("ancien nom : " + name, "former name: " + name))
                  .in(language)
              + new Text(", jusqu'au ", ", until ").in(language)
              + day(former.until().minusDays(1), language)
              + Knowledge.latest(former.endsAfter()).in(language));
    }
    if (view.status() != Status.IN_FORCE) {
      parts.add(status(view, language));
    }
    return String.join(" · ", parts);
  }

  /** What kind of concept it is: its level, or its referential where levels say nothing. */
  static String level(CodeView view, Language language) {
    return view.referential()
        .findLevel(view.state().level())
        .map(Level::title)
        .orElse(view.referential().title())
        .in(language);
  }

  /** Whether it is in force, and since or until when. */
  static String status(CodeView view, Language language) {
    String begins = Knowledge.latest(view.beginsAfter()).in(language);
    String ends = Knowledge.latest(view.endsAfter()).in(language);
    LocalDate from = view.validity().from();
    LocalDate to = view.validity().to();
    return switch (view.status()) {
      case IN_FORCE ->
          new Text("En vigueur", "In force").in(language)
              + (from == null
                  ? ""
                  : new Text(" depuis le ", " since ").in(language) + day(from, language) + begins)
              + (to == null
                  ? ""
                  : new Text(" jusqu'au ", " until ").in(language)
                      + day(to.minusDays(1), language)
                      + ends);
      case CEASED ->
          new Text("N'est plus en vigueur", "No longer in force").in(language)
              + (to == null
                  ? ""
                  : new Text(" depuis le ", " since ").in(language) + day(to, language) + ends);
      case FUTURE ->
          new Text("En vigueur à partir du ", "In force from ").in(language)
              + (from == null ? "?" : day(from, language) + begins);
    };
  }

  /** A day as people write it. */
  static String day(LocalDate day, Language language) {
    if (language.isEnglish()) {
      return ENGLISH.format(day);
    }
    String text = FRENCH.format(day);
    return day.getDayOfMonth() == 1 ? "1er" + text.substring(1) : text;
  }
}
