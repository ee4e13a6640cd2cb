package fr.pivot.validation.value;

import fr.pivot.catalog.Release;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Text;
import fr.pivot.referential.Unlisted;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import fr.pivot.registry.NameWords;
import fr.pivot.registry.Registry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A referential whose codes turn up in the columns of another one, because links tie the two:
 * postal codes, municipal arrondissements, SIREN where communes are due.
 *
 * @param yardstick the neighbour, on the day of the other
 * @param bond how the codes of the two belong together
 * @param crowd how likely a text is a code of the neighbour by chance
 * @param origin whether codes that retire there go on here, as those of communes do as communes
 *     déléguées: one that retired there may be expected here
 * @param names what its codes are called
 */
public record SiblingReferential(
    Yardstick yardstick, Bond bond, Crowd crowd, boolean origin, Names names) {

  /** What the codes of a referential are called, read when somebody asks. Safe for many threads. */
  static final class Names {

    /** How many names are remembered: a file repeats those of its places. */
    private static final int MOST = 1 << 13;

    /** How many letters the beginning of a name has at least that may stand for it. */
    private static final int SHORTEST = 4;

    private final Yardstick yardstick;
    private final Map<String, List<String>> found = new HashMap<>();
    private final Map<String, Map<String, TreeSet<String>>> near = new HashMap<>();
    private @Nullable Labels labels;

    Names(Yardstick yardstick) {
      this.yardstick = yardstick;
    }

    synchronized List<String> find(String name) {
      Labels known = labels;
      if (known == null) {
        known = Labels.of(yardstick);
        labels = known;
      }
      if (found.size() == MOST) {
        found.clear();
      }
      return found.computeIfAbsent(name, known::find);
    }

    /**
     * Whether something that is, or was, tied to codes with a beginning is, or was, called so, or
     * by a name that goes on after these words: {@code Lamballe}, {@code Romans} for
     * Romans-sur-Isère.
     */
    synchronized boolean isNear(String name, String referential, String beginning) {
      String words = String.join(" ", NameWords.of(name).words());
      if (words.length() < SHORTEST) {
        return false;
      }
      TreeSet<String> called =
          near.computeIfAbsent(referential, tied -> read(tied, beginning.length())).get(beginning);
      if (called == null) {
        return false;
      }
      String longer = called.ceiling(words + ' ');
      return called.contains(words) || longer != null && longer.startsWith(words + ' ');
    }

    private Map<String, TreeSet<String>> read(String referential, int characters) {
      Map<String, TreeSet<String>> called = new HashMap<>();
      Codes book = yardstick.codes();
      Release release = yardstick.release();
      if (book != null && release != null) {
        book.forEachLink(
            release,
            link -> {
              if (link.referential().equals(referential) && link.target().length() >= characters) {
                TreeSet<String> names =
                    called.computeIfAbsent(
                        link.target().substring(0, characters), _ -> new TreeSet<>());
                book.listStates(link.code(), release)
                    .forEach(s -> names.add(String.join(" ", NameWords.of(s.label()).words())));
              }
            });
      }
      return called;
    }
  }

  /** How the codes of a neighbour belong to those of a referential. */
  enum Bond {
    /** They are parts of them: the arrondissements of Paris. */
    PART,
    /** They are parts of them that were codes of the referential before: communes déléguées. */
    FORMER,
    /** Neither. */
    OTHER
  }

  /** The neighbours of a referential, parts first. */
  public static List<SiblingReferential> list(Yardstick of) {
    List<SiblingReferential> list = new ArrayList<>();
    String id = of.referential().id();
    for (Referential other : of.registry().catalog().listReferentials()) {
      Optional<LinkType> down = other.findLink(id);
      boolean near = down.isPresent() || of.referential().findLink(other.id()).isPresent();
      if (!near || other.id().equals(id)) {
        continue;
      }
      Bond bond = Bond.OTHER;
      Yardstick beside = beside(of, other);
      if (down.isPresent() && down.get().relation() == Relation.BROADER) {
        bond = goOn(of, beside) ? Bond.FORMER : Bond.PART;
      }
      list.add(
          new SiblingReferential(
              beside, bond, new Crowd(beside), goOn(beside, of), new Names(beside)));
    }
    list.sort(
        Comparator.comparing(SiblingReferential::bond)
            .thenComparing(n -> n.yardstick().referential().id()));
    return list;
  }

  /** Whether codes that retire here go on there, as those of communes do as communes déléguées. */
  private static boolean goOn(Yardstick of, Yardstick beside) {
    Codes book = of.codes();
    Codes other = beside.codes();
    if (book == null || of.release() == null || other == null) {
      return false;
    }
    String there = beside.referential().id();
    return book.leadsTo(there)
        && book.listSuccessions(of.release()).stream()
            .anyMatch(
                s ->
                    s.referentialAfter().equals(there)
                        && s.code() != null
                        && s.code().equals(s.codeAfter()));
  }

  private static Yardstick beside(Yardstick of, Referential other) {
    Registry registry = of.registry();
    @Nullable Release release =
        (of.release() == null
                ? registry.catalog().findLatest(other.id())
                : registry.catalog().findBeside(of.release(), other.id()))
            .orElse(null);
    return Yardstick.of(registry, other, release, of.date());
  }

  /** The code of the neighbour that a text stands for, in force on a day; null where it is none. */
  public @Nullable String find(String text, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null || release == null) {
      return CodeForm.isProved(yardstick.referential(), text) ? text : null;
    }
    return book.findCanonical(text)
        .filter(code -> book.isInForce(code, release, day))
        .orElse(
            yardstick.isByRule() && CodeForm.isProved(yardstick.referential(), text) ? text : null);
  }

  /**
   * In words, what a text was there before a day on which it is no code of it any more; null where
   * it was none, or where it would not be expected to go on.
   */
  @Nullable Text tellFormer(String text, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (!origin || book == null || release == null) {
      return null;
    }
    ConceptState last = null;
    for (ConceptState state : book.listStates(text, release)) {
      LocalDate to = state.validity().to();
      if (to != null && !to.isAfter(day)) {
        last = state;
      }
    }
    LocalDate end = last == null ? null : last.validity().to();
    if (last == null || end == null) {
      return null;
    }
    Text title = yardstick.referential().title();
    Text latest = Knowledge.latest(book.knowledge(release).findEndsAfter(last));
    String was = text + ' ' + last.label();
    LocalDate until = end.minusDays(1);
    return new Text(
        title.fr() + " : " + was + ", jusqu'au " + until + latest.fr(),
        title.en() + ": " + was + ", until " + until + latest.en());
  }

  /**
   * Whether something of the neighbour has a name, or had it, or is called so for short, and
   * belongs to a code of another referential that has a beginning: a commune to a postal code of a
   * département.
   */
  boolean ties(String name, String referential, String beginning, LocalDate day) {
    Codes book = yardstick.codes();
    Release release = yardstick.release();
    if (book == null
        || release == null
        || yardstick.referential().findLink(referential).isEmpty()) {
      return false;
    }
    return names.find(name).stream()
            .flatMap(code -> book.listLinks(code, release, day).stream())
            .anyMatch(
                link ->
                    link.referential().equals(referential) && link.target().startsWith(beginning))
        || names.isNear(name, referential, beginning);
  }

  /** Whether an edition of the neighbour lists a code, and not only its check digit proves it. */
  boolean lists(String code) {
    Codes book = yardstick.codes();
    return book != null && book.contains(code);
  }

  /** In words, what a text is there. */
  Text tell(String code) {
    String id = yardstick.referential().id();
    if (!lists(code)) {
      String name = id.toUpperCase(Locale.ROOT);
      return new Text(
          name + ", d'après sa clé de contrôle : " + code, name + ", by its check digit: " + code);
    }
    Suggestion same = new Suggestion(id, code, yardstick.label(code));
    Text title = yardstick.referential().title();
    return new Text(title.fr() + " : " + same, title.en() + ": " + same);
  }

  /** In words, that a text is one of the codes that the neighbour's list leaves out. */
  Text tell(Unlisted unlisted, String text) {
    Text title = yardstick.referential().title();
    return new Text(
        title.fr() + " : " + text + ", " + unlisted.title().fr(),
        title.en() + ": " + text + ", " + unlisted.title().en());
  }

  /**
   * The chance that a text which is no code of another referential is one here.
   *
   * @param other the other referential
   */
  double chance(String text, Referential other) {
    boolean sameProof =
        yardstick().isByRule()
            && yardstick().referential().check() == other.check()
            && !lists(text);
    return sameProof ? 1 : crowd().chance(text);
  }
}
