package fr.pivot.validation;

import fr.pivot.catalog.Release;
import fr.pivot.codebook.Codebook;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Text;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must agree between two columns of a row. Safe for many threads. */
sealed interface Tie {

  /** The column whose code is believed, by its place among the bound ones. */
  int of();

  /** The place of the other column in the header. */
  int rank();

  /**
   * What contradicts the code, in words; null where nothing does, or where nothing is known.
   *
   * @param code the code of the first column
   * @param other the code, or the label, that the other column holds
   * @param day the day of the row
   */
  @Nullable Text contradiction(String code, String other, LocalDate day);

  /**
   * A code that lies in, or belongs to, the code of another column: a commune in its département.
   *
   * @param with the other column, by its place among the bound ones
   */
  record Within(int of, int with, int rank, Yardstick yardstick, Yardstick above) implements Tie {

    @Override
    public @Nullable Text contradiction(String code, String other, LocalDate day) {
      if (yardstick.referential().check() == CheckRule.SIRET) {
        String siren = code.substring(0, 9);
        return siren.equals(other)
            ? null
            : new Text(
                "le SIRET " + code + " est du SIREN " + siren + ", pas de " + other,
                "the SIRET " + code + " is of SIREN " + siren + ", not of " + other);
      }
      List<String> targets = targets(code, day);
      if (targets.isEmpty() || targets.contains(other)) {
        return null;
      }
      String there =
          new Suggestion("", targets.getFirst(), above.on(day).label(targets.getFirst()))
              .toString();
      Text title = above.referential().title();
      return new Text(
          code + " est dans « " + title.fr() + " » " + there + ", pas " + other,
          code + " is in \"" + title.en() + "\" " + there + ", not " + other);
    }

    private List<String> targets(String code, LocalDate day) {
      Codebook book = yardstick.codebook();
      Release release = yardstick.release();
      return book == null || release == null
          ? List.of()
          : book.listLinks(code, release, day).stream()
              .filter(link -> link.referential().equals(above.referential().id()))
              .filter(link -> book.knowledge(release).isKnown(link, day))
              .map(Link::target)
              .toList();
    }
  }

  /** A code and what another column calls it. */
  record Called(int of, int rank, Yardstick yardstick) implements Tie {

    @Override
    public @Nullable Text contradiction(String code, String other, LocalDate day) {
      Codebook book = yardstick.codebook();
      if (book == null || Reading.isBlank(other)) {
        return null;
      }
      Set<String> known = new HashSet<>();
      String last = null;
      for (Release release :
          yardstick.registry().catalog().listReleases(yardstick.referential().id())) {
        for (ConceptState state : book.listStates(code, release)) {
          if (known.add(state.label()) && Labels.areSame(state.label(), other)) {
            return null;
          }
          last = state.label();
        }
      }
      return last == null
          ? null
          : new Text(code + " s'appelle " + last, code + " is called " + last);
    }
  }
}
