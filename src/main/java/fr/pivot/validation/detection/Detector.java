package fr.pivot.validation.detection;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.finding.Rule;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Registry;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.CodeForm;
import fr.pivot.validation.value.Labels;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.SiblingReferential;
import fr.pivot.validation.value.Yardstick;
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
public final class Detector {

  /** How many different values of a column are tried against every referential. */
  private static final int SCREENED = 300;

  /** What a column must score to be taken for one that holds a referential. */
  static final double ACCEPTED = 0.45;

  /** Below it a referential is not worth mentioning. */
  private static final double MENTIONED = 0.3;

  /** How many rows of names may follow a header. */
  private static final int MOST_HEADERS = 3;

  /** What a cell must say of a referential, as the name of a column, to be taken for one. */
  private static final double NAMING = 0.6;

  /** A row of texts names columns where it stands above as many columns of numbers. */
  private static final int NUMBERS_BELOW_NAMES = 2;

  /** Of how many referentials and days names and neighbours are kept. */
  private static final int MOST_KEPT = 100;

  /** What a name counts for where values do not confirm it: too little to be believed. */
  private static final double NAME_ALONE = 0.4;

  /**
   * The share of values that must be codes where the name says as much of other referentials: the
   * account plans of one country have most of their accounts in common.
   */
  private static final double NEARLY_ALL = 0.98;

  /** What the name of one number of the Sirene register says of the other. */
  private static final double OF_THE_SAME_REGISTER = 0.5;

  private final Registry registry;
  private final LocalDate today;
  private final ColumnNames headers;
  private final Map<String, Shapes> shapes = new ConcurrentHashMap<>();
  private final Map<String, Labels> labels = new ConcurrentHashMap<>();

  /** What the codes of referentials were ever called, by the referential. */
  private final Map<String, Labels> names = new ConcurrentHashMap<>();

  private final Map<String, List<SiblingReferential>> neighbours = new ConcurrentHashMap<>();

  /** Detects the codes of a registry as of a day. */
  public Detector(Registry registry, LocalDate today) {
    this.registry = registry;
    this.today = today;
    this.headers = new ColumnNames(registry.catalog().listReferentials());
  }

  /** What a column's values are, seen from a referential. */
  public enum Content {
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
   * @param share which part of the different values that say something are codes, as they stand or
   *     repaired
   * @param exact which part are codes as they stand
   * @param guessed whether codes of other referentials, which may not be loaded, stand in columns
   *     that are called alike and look alike: what is no code here may be one there
   */
  public record Candidate(
      Referential referential,
      Content content,
      double score,
      double header,
      double share,
      double exact,
      boolean guessed) {

    /** Whether it is sure enough to be acted on. */
    public boolean isAccepted() {
      return score >= ACCEPTED;
    }
  }

  /** Where codes are looked for. */
  public Registry registry() {
    return registry;
  }

  /** The day that is meant where none is said. */
  public LocalDate today() {
    return today;
  }

  /** The referentials that list a name for columns of their codes, and have codes, by id. */
  public List<Referential> listCalled(String name) {
    return registry.catalog().listReferentials().stream()
        .filter(referential -> headers.score(name, referential) == 1)
        .filter(
            referential ->
                referential.partial() || registry.findCodes(referential.id()).isPresent())
        .sorted(Comparator.comparing(Referential::id))
        .toList();
  }

  /** The yardstick of a referential today, in its latest edition. */
  public Yardstick yardstick(Referential referential) {
    Catalog catalog = registry.catalog();
    Release release = catalog.findLatest(referential.id()).orElse(null);
    LocalDate date = today;
    if (release != null && referential.kind() == Kind.NOMENCLATURE) {
      date = release.head().referenceDate();
    }
    return Yardstick.of(registry, referential, release, date);
  }

  /**
   * What a column that was found to hold a referential is held against: a classification in the
   * edition that fits best, a territory as it is today. Of editions that fit alike, the one that is
   * in force on the day: an older file is not told to be of a newer one.
   *
   * @param day the day that counts
   */
  public Yardstick fitting(Referential referential, ColumnSample column, LocalDate day) {
    Yardstick latest = yardstick(referential);
    Vintage vintage = referential.kind() == Kind.NOMENCLATURE ? vintage(latest, column) : null;
    if (vintage == null) {
      return latest;
    }
    List<Release> best =
        registry.catalog().listReleases(referential.id()).stream()
            .filter(release -> vintage.points().contains(release.edition()))
            .toList();
    Release release =
        best.stream()
            .filter(r -> !r.head().referenceDate().isAfter(day))
            .reduce((_, next) -> next)
            .orElse(best.getFirst());
    return Yardstick.of(registry, referential, release, release.head().referenceDate());
  }

  /** The referentials that a column may hold, the likeliest first. */
  public List<Candidate> detect(ColumnSample column) {
    List<String> values = column.counts().keySet().stream().limit(SCREENED).toList();
    Collection<Referential> referentials = registry.catalog().listReferentials();
    double register =
        referentials.stream()
            .filter(Detector::isOfSirene)
            .mapToDouble(referential -> headers.score(column.name(), referential))
            .max()
            .orElse(0);
    List<Candidate> candidates = new ArrayList<>();
    for (Referential referential : referentials) {
      ColumnNames.Saying saying = headers.saying(column.name(), referential);
      double header = saying.score();
      if (isOfSirene(referential)) {
        header = Math.max(header, OF_THE_SAME_REGISTER * register);
      }
      Candidate codes = byCodes(referential, header, saying.others(), values);
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

  /**
   * Whether codes are any numbers of legal units or of their establishments: who names a column
   * after one of the two often writes the other into it.
   */
  private static boolean isOfSirene(Referential referential) {
    return referential.partial()
        && (referential.check() == CheckRule.LUHN || referential.check() == CheckRule.SIRET);
  }

  /** Whether values look like codes of a referential that its name or another could be of. */
  private boolean looksLike(String referential, Collection<String> values) {
    return registry
        .catalog()
        .findReferential(referential)
        .filter(
            r -> 2 * values.stream().filter(v -> CodeForm.hasForm(r, v)).count() >= values.size())
        .isPresent();
  }

  /**
   * How likely the values are codes of a referential.
   *
   * @param header what the column's name says
   * @param others the referentials of which it says as much
   */
  private Candidate byCodes(
      Referential referential, double header, Set<String> others, Collection<String> values) {
    Yardstick yardstick = yardstick(referential);
    boolean unloaded = yardstick.codes() == null && !referential.partial();
    if (unloaded || values.isEmpty()) {
      return new Candidate(referential, Content.CODES, NAME_ALONE * header, header, 0, 0, false);
    }
    Shapes rarity =
        shapes.computeIfAbsent(referential.id(), _ -> new Shapes(referential, yardstick.codes()));
    ColumnEvidence evidence =
        new ColumnEvidence(yardstick, rarity, header > 0 ? near(yardstick) : List.of());
    for (String value : values) {
      if (header == 0 && evidence.isHopeless()) {
        return new Candidate(referential, Content.CODES, 0, 0, 0, 0, false);
      }
      evidence.hear(value);
    }
    boolean isGuessed = others.stream().anyMatch(other -> looksLike(other, values));
    double score = NAME_ALONE * header;
    boolean isHeld = !isGuessed || evidence.share() >= NEARLY_ALL;
    if (isHeld && evidence.tells()) {
      score = (header + evidence.weight() * (1 - Math.exp(-evidence.nats() / 3))) / 2;
    } else if (isHeld && evidence.confirms(header)) {
      score = (header + evidence.weight() * 0.9) / 2;
    }
    return new Candidate(
        referential,
        Content.CODES,
        score,
        header,
        evidence.share(),
        evidence.exactShare(),
        isGuessed);
  }

  private Candidate byLabels(Referential referential, double header, Collection<String> values) {
    Labels names = labels(yardstick(referential));
    long found = values.stream().filter(v -> !names.find(v).isEmpty()).count();
    double share = values.isEmpty() ? 0 : (double) found / values.size();
    return new Candidate(
        referential, Content.LABELS, (header + share) / 2, header, share, 0, false);
  }

  /** What the codes of a referential are called on a day; kept for the next who asks. */
  public Labels labels(Yardstick yardstick) {
    if (labels.size() == MOST_KEPT) {
      labels.clear();
    }
    return labels.computeIfAbsent(yardstick.notation(), _ -> Labels.of(yardstick));
  }

  /** Whether something that a referential lists, or listed, is called so. */
  public boolean isName(Referential referential, String name) {
    return !names
        .computeIfAbsent(referential.id(), _ -> Labels.ofAllTimes(yardstick(referential)))
        .find(name)
        .isEmpty();
  }

  /** Whether a text is the name of a place, or was: of a commune, a département. */
  public boolean isPlace(String name) {
    return registry.catalog().listReferentials().stream()
        .filter(r -> r.kind() == Kind.TERRITORY && !r.partial())
        .anyMatch(r -> isName(r, name));
  }

  /**
   * How many of the first rows are no data but headers once more: labels under codes, or technical
   * names under those for people.
   */
  public int countHeaders(Sample sample) {
    int count = 0;
    while (count < MOST_HEADERS && count + 1 < sample.rows().size() && isHeader(sample, count)) {
      count++;
    }
    return count;
  }

  /** Whether a row names what the rows below it hold. */
  private boolean isHeader(Sample sample, int row) {
    String[] cells = sample.rows().get(row);
    for (String cell : cells) {
      boolean isText = Reading.isBlank(cell) || cell.codePoints().anyMatch(Character::isLetter);
      if (!isText || Reading.isPlaceholder(cell)) {
        return false;
      }
    }
    int aboveNumbers = 0;
    boolean isNamed = false;
    for (int rank = 0; rank < cells.length; rank++) {
      String cell = cells[rank].strip();
      List<String> below = Reading.isBlank(cell) ? List.of() : sample.below(row, rank);
      if (below.contains(cell)) {
        return false;
      }
      if (!below.isEmpty()) {
        isNamed |= names(cell, below);
        aboveNumbers += isAboveNumbers(cell, below) ? 1 : 0;
      }
    }
    return isNamed || aboveNumbers >= NUMBERS_BELOW_NAMES;
  }

  /** Whether a cell is the name of a column of codes, and stands above such codes. */
  private boolean names(String cell, List<String> below) {
    boolean isCode = ColumnNames.isCode(cell);
    for (Referential referential : registry.catalog().listReferentials()) {
      if (isCode || headers.score(cell, referential) >= NAMING) {
        Yardstick yardstick = yardstick(referential);
        long codes = below.stream().filter(value -> find(yardstick, value) != null).count();
        if (find(yardstick, cell) == null && 2 * codes >= below.size()) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAboveNumbers(String cell, List<String> below) {
    return cell.chars().noneMatch(Character::isDigit)
        && below.stream().allMatch(value -> value.chars().noneMatch(Character::isLetter));
  }

  /** What judges values of which no others are known. */
  public CodeCheck check(Yardstick yardstick) {
    return check(yardstick, yardstick.referential().oldestInFiles());
  }

  /**
   * What judges values.
   *
   * @param oldest the day before which a code of the file had surely not retired
   */
  public CodeCheck check(Yardstick yardstick, LocalDate oldest) {
    return new CodeCheck(yardstick, near(yardstick), () -> labels(yardstick), oldest);
  }

  /** The referentials beside one, on a day; kept for the next who asks. */
  private List<SiblingReferential> near(Yardstick yardstick) {
    if (neighbours.size() == MOST_KEPT) {
      neighbours.clear();
    }
    return neighbours.computeIfAbsent(
        yardstick.notation(), _ -> SiblingReferential.list(yardstick));
  }

  /**
   * A code that a value stands for, in any edition.
   *
   * @param code the code, as its publisher writes it
   * @param damage what happened to it; null where it is written so
   */
  record Known(String code, @Nullable Rule damage) {

    boolean asWritten() {
      return damage == null;
    }
  }

  /** The code of a referential, in any edition, that a value stands for; null where it is none. */
  public static @Nullable Known find(Yardstick yardstick, String value) {
    List<Reading> plain = Reading.listPlain(value);
    for (Reading reading : plain) {
      String code = known(yardstick, reading.text());
      if (code != null) {
        return new Known(code, reading.damage());
      }
    }
    for (Reading reading : Reading.listRebuilt(plain.getLast().text(), yardstick.codes())) {
      String code =
          reading.damage() == Rule.LOST_LEADING_ZERO
                  && reading.text().length() - plain.getLast().text().length() > 1
                  && !yardstick.referential().partial()
              ? null
              : known(yardstick, reading.text());
      if (code != null) {
        return new Known(code, reading.damage());
      }
    }
    return null;
  }

  private static @Nullable String known(Yardstick yardstick, String text) {
    if (yardstick.isByRule()) {
      return CodeForm.isProved(yardstick.referential(), text) ? text : null;
    }
    Codes book = yardstick.codes();
    return book != null && book.contains(text) ? text : null;
  }

  /**
   * The vintage of a column's values.
   *
   * @param yardstick what they are held against
   */
  public static @Nullable Vintage vintage(Yardstick yardstick, ColumnSample column) {
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
