package fr.pivot.validation;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.codebook.Codebook;
import fr.pivot.codebook.Registry;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds which columns of a file hold which referential, by their names and by their values, and of
 * which edition or year the values are. Of the publications of one moment; safe for many threads.
 */
final class Detector {

  /** How many different values of a column are tried against every referential. */
  private static final int SCREENED = 300;

  /** How many are tried first: a referential that knows none of them is not tried further. */
  private static final int GLANCE = 20;

  /** What a column must score to be taken for one that holds a referential. */
  static final double ACCEPTED = 0.45;

  /** Below it a referential is not worth mentioning. */
  private static final double MENTIONED = 0.3;

  /** The share of values that must be codes for their rarity to count. */
  private static final double MOSTLY = 0.9;

  /** Below it a column holds other things than codes, whatever its name. */
  private static final double FEW = 0.1;

  private static final double ENOUGH_EVIDENCE = 5;

  /** One value in so rare a shape is evidence in itself. */
  private static final double RARE = 4;

  /** Of how many referentials and days names and neighbours are kept. */
  private static final int MOST_KEPT = 100;

  /** What a name counts for where no edition is loaded to compare with. */
  private static final double UNLOADED = 0.4;

  private final Registry registry;
  private final LocalDate today;
  private final Headers headers;
  private final Map<String, Shapes> shapes = new ConcurrentHashMap<>();
  private final Map<String, Labels> labels = new ConcurrentHashMap<>();
  private final Map<String, List<Neighbour>> neighbours = new ConcurrentHashMap<>();

  Detector(Registry registry, LocalDate today) {
    this.registry = registry;
    this.today = today;
    this.headers = new Headers(registry.catalog().listReferentials());
  }

  /** What a column's values are, seen from a referential. */
  enum Content {
    /** Its codes. */
    CODES,
    /** What its codes are called. */
    LABELS
  }

  /**
   * A referential that a column may hold.
   *
   * @param referential the referential
   * @param content whether its codes or their labels
   * @param score how sure that is, from 0 to 1; from {@link #ACCEPTED} on it is believed
   * @param header what the column's name says, from 0 to 1
   * @param share which part of the different values are codes, as they stand or repaired
   * @param exact which part are codes as they stand
   */
  record Candidate(
      Referential referential,
      Content content,
      double score,
      double header,
      double share,
      double exact) {

    boolean isAccepted() {
      return score >= ACCEPTED;
    }
  }

  Registry registry() {
    return registry;
  }

  LocalDate today() {
    return today;
  }

  /** The yardstick of a referential today, in its latest edition. */
  Yardstick yardstick(Referential referential) {
    Catalog catalog = registry.catalog();
    Release release = catalog.findLatest(referential.id()).orElse(null);
    Codebook book = registry.findCodebook(referential.id()).orElse(null);
    LocalDate date = today;
    if (release != null && referential.kind() == Kind.NOMENCLATURE) {
      date = release.head().referenceDate();
    }
    return new Yardstick(registry, referential, book, release, date);
  }

  /** The referentials that a column may hold, the likeliest first. */
  List<Candidate> detect(ColumnSample column) {
    List<String> values = column.counts().keySet().stream().limit(SCREENED).toList();
    List<Candidate> candidates = new ArrayList<>();
    for (Referential referential : registry.catalog().listReferentials()) {
      double header = headers.score(column.name(), referential);
      Candidate codes = byCodes(referential, header, values);
      Candidate best = codes;
      if (codes.share() < 0.5 && header > 0) {
        Candidate names = byLabels(referential, header, values);
        best = names.share() > codes.share() ? names : codes;
      }
      if (best.score() >= MENTIONED) {
        candidates.add(best);
      }
    }
    candidates.sort(
        Comparator.comparingDouble((Candidate c) -> -c.score())
            .thenComparingDouble(c -> -c.exact())
            .thenComparingDouble(c -> -c.header())
            .thenComparing(c -> c.referential().partial())
            .thenComparing(c -> c.referential().id()));
    return candidates;
  }

  private Candidate byCodes(Referential referential, double header, Collection<String> values) {
    Yardstick yardstick = yardstick(referential);
    if (yardstick.codebook() == null && !referential.partial()) {
      return new Candidate(referential, Content.CODES, UNLOADED * header, header, 0, 0);
    }
    if (values.isEmpty()) {
      return new Candidate(referential, Content.CODES, header / 2, header, 0, 0);
    }
    Shapes rarity =
        shapes.computeIfAbsent(
            referential.id(), _ -> new Shapes(referential, yardstick.codebook()));
    int exact = 0;
    int repaired = 0;
    double evidence = 0;
    double rarest = 0;
    int tried = 0;
    for (String value : values) {
      if (header == 0 && tried == GLANCE && 2 * (exact + repaired) < GLANCE) {
        return new Candidate(referential, Content.CODES, 0, 0, 0, 0);
      }
      tried++;
      Known known = rarity.mayHold(value) ? find(yardstick, value) : null;
      if (known == null) {
        continue;
      }
      if (known.asWritten()) {
        exact++;
        double one = rarity.evidence(known.code());
        evidence += one;
        rarest = Math.max(rarest, one);
      } else {
        repaired++;
      }
    }
    double share = (double) (exact + repaired) / values.size();
    double weight = (exact + 0.8 * repaired) / values.size();
    boolean telling =
        share >= MOSTLY && evidence >= ENOUGH_EVIDENCE && (exact >= 5 || rarest >= RARE);
    double content =
        telling ? weight * (1 - Math.exp(-evidence / 3)) : header > 0 ? weight * 0.9 : 0;
    return new Candidate(
        referential,
        Content.CODES,
        (header + content) / 2,
        header,
        share,
        (double) exact / values.size());
  }

  /** Whether most values look like codes, or like what spreadsheets make of them. */
  private static boolean haveForm(Referential referential, Collection<String> values) {
    long formed =
        values.stream()
            .filter(v -> Proof.hasForm(referential, v) || Reading.isScientific(v))
            .count();
    return 2 * formed >= values.size();
  }

  private Candidate byLabels(Referential referential, double header, Collection<String> values) {
    Labels names = labels(yardstick(referential));
    long found = values.stream().filter(v -> !names.find(v).isEmpty()).count();
    double share = values.isEmpty() ? 0 : (double) found / values.size();
    return new Candidate(referential, Content.LABELS, (header + share) / 2, header, share, 0);
  }

  /** What the codes of a referential are called on a day; kept for the next who asks. */
  private Labels labels(Yardstick yardstick) {
    if (labels.size() == MOST_KEPT) {
      labels.clear();
    }
    return labels.computeIfAbsent(yardstick.notation(), _ -> Labels.of(yardstick));
  }

  /**
   * What judges values.
   *
   * @param oldest the day before which a code of the file had surely not retired
   */
  CodeCheck check(Yardstick yardstick, LocalDate oldest) {
    if (neighbours.size() == MOST_KEPT) {
      neighbours.clear();
    }
    List<Neighbour> near =
        neighbours.computeIfAbsent(yardstick.notation(), _ -> Neighbour.list(yardstick));
    return new CodeCheck(yardstick, near, () -> labels(yardstick), oldest);
  }

  /**
   * A code that a value stands for, in any edition.
   *
   * @param code the code, as its publisher writes it
   * @param asWritten whether the value is written so
   */
  record Known(String code, boolean asWritten) {}

  /** The code of a referential, in any edition, that a value stands for; null where it is none. */
  static @Nullable Known find(Yardstick yardstick, String value) {
    List<Reading> plain = Reading.listPlain(value);
    for (Reading reading : plain) {
      String code = known(yardstick, reading.text());
      if (code != null) {
        return new Known(code, reading.damage() == null);
      }
    }
    for (Reading reading : Reading.listRebuilt(plain.getLast().text(), yardstick.codebook())) {
      String code =
          reading.damage() == Rule.LOST_LEADING_ZERO
                  && reading.text().length() - plain.getLast().text().length() > 1
                  && !yardstick.referential().partial()
              ? null
              : known(yardstick, reading.text());
      if (code != null) {
        return new Known(code, false);
      }
    }
    return null;
  }

  private static @Nullable String known(Yardstick yardstick, String text) {
    if (yardstick.isByRule()) {
      return Proof.isProved(yardstick.referential(), text) ? text : null;
    }
    Codebook book = yardstick.codebook();
    return book != null && book.rank(text) >= 0 ? text : null;
  }

  /**
   * The vintage of a column's values.
   *
   * @param yardstick what they are held against
   */
  static @Nullable Vintage vintage(Yardstick yardstick, ColumnSample column) {
    Set<String> codes = new LinkedHashSet<>();
    for (String value : column.counts().keySet()) {
      Known known = find(yardstick, value);
      if (known != null) {
        codes.add(known.code());
      }
    }
    return Vintage.find(yardstick, codes);
  }
}
