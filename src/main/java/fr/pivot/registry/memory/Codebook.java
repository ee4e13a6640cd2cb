package fr.pivot.registry.memory;

import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.Succession;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that every edition of a referential says, in memory: sorted arrays of numbers and of
 * packed texts, not an object a statement. Immutable; safe for any number of readers.
 */
public final class Codebook implements Codes {

  private final Referential referential;
  private final CodeIndex codes;
  private final StateTable states;
  private final LinkTables links;
  private final Map<String, MeasureTable> measures;
  private final SuccessionTable successions;
  private final CodePages pages = new CodePages(this);
  private volatile long bytes;

  /** What is known of each edition, by its position. */
  private final Map<Integer, Knowledge> knowledge = new ConcurrentHashMap<>();

  Codebook(
      Referential referential,
      PackedTexts codes,
      StateTable states,
      LinkTables links,
      Map<String, MeasureTable> measures,
      SuccessionTable successions) {
    this.referential = referential;
    this.codes = new CodeIndex(codes);
    this.states = states;
    this.links = links;
    this.measures = measures;
    this.successions = successions;
  }

  /** Reads what {@link #writeTo} wrote of the same referential. */
  static Codebook readFrom(Referential referential, ColumnReader columns) {
    PackedTexts codes = PackedTexts.readFrom(columns);
    StateTable states = StateTable.readFrom(referential, columns);
    LinkTables links = LinkTables.readFrom(referential, columns);
    Map<String, MeasureTable> measures = new LinkedHashMap<>();
    for (int left = columns.number(); left > 0; left--) {
      measures.put(columns.text(), MeasureTable.readFrom(columns));
    }
    return new Codebook(
        referential, codes, states, links, measures, SuccessionTable.readFrom(columns));
  }

  /** Writes all that it was built from; what is read back gives the same answers. */
  void writeTo(ColumnWriter columns) {
    codes.writeTo(columns);
    states.writeTo(columns);
    links.writeTo(columns);
    columns.number(measures.size());
    measures.forEach(
        (name, table) -> {
          columns.text(name);
          table.writeTo(columns);
        });
    successions.writeTo(columns);
  }

  @Override
  public long bytes() {
    long known = bytes;
    if (known == 0) {
      ColumnWriter columns = ColumnWriter.counting();
      writeTo(columns);
      known = columns.length();
      bytes = known;
    }
    return known;
  }

  @Override
  public Referential referential() {
    return referential;
  }

  /** The referentials that its links and successions lead to. */
  Set<String> listTargets() {
    Set<String> targets = new HashSet<>(successions.listTargets());
    links.listTypes().forEach(type -> targets.add(type.referential()));
    return targets;
  }

  @Override
  public int size() {
    return codes.size();
  }

  /** The code at a rank, in the order of code points. */
  public String code(int rank) {
    return codes.code(rank);
  }

  /** The rank of a code written exactly so, or a negative number: {@code -(insertion rank) - 1}. */
  public int rank(String code) {
    return codes.rank(code);
  }

  /**
   * The rank of the first code that does not come before a text: where those begin that begin so.
   */
  public int firstRank(String beginning) {
    return codes.firstRank(beginning);
  }

  /** Whether the code at a rank begins with a text. */
  public boolean beginsWith(int rank, String beginning) {
    return codes.beginsWith(rank, beginning);
  }

  @Override
  public Optional<String> findCanonical(String written) {
    if (rank(written) >= 0) {
      return Optional.of(written);
    }
    String folded = CodeIndex.fold(written);
    if (rank(folded) >= 0) {
      return Optional.of(folded);
    }
    int variant = codes.rankOfVariant(folded);
    if (variant >= 0) {
      return Optional.of(code(variant));
    }
    if (referential.check() == CheckRule.CPV && folded.length() == 9) {
      String without = folded.substring(0, 8);
      int rank = rank(without);
      if (rank >= 0 && folded.substring(8).equals(checkDigit(rank))) {
        return Optional.of(without);
      }
    }
    return Optional.empty();
  }

  private @Nullable String checkDigit(int rank) {
    return states.attributes(states.first(rank)).get("checkDigit");
  }

  @Override
  public Answer find(String code, Release release, LocalDate date) {
    int rank = rank(code);
    if (rank < 0) {
      return new Answer.Unknown();
    }
    int row = findRow(rank, release, date);
    if (row >= 0) {
      return new Answer.InForce(states.state(code, row));
    }
    List<ConceptState> known = listStates(code, release);
    return known.isEmpty() ? new Answer.Unknown() : new Answer.NotInForce(known);
  }

  @Override
  public boolean isInForce(String code, Release release, int day) {
    int rank = rank(code);
    return rank >= 0 && findRow(rank, release, day) >= 0;
  }

  @Override
  public @Nullable String findLabel(String code, Release release, int day) {
    int rank = rank(code);
    int row = rank < 0 ? -1 : findRow(rank, release, day);
    return row < 0 ? null : states.label(row);
  }

  @Override
  public List<String> listInForce(Release release, LocalDate date) {
    List<String> list = new ArrayList<>();
    int day = (int) date.toEpochDay();
    for (int rank = 0; rank < codes.size(); rank++) {
      if (findRow(rank, release, day) >= 0) {
        list.add(codes.code(rank));
      }
    }
    return list;
  }

  private int findRow(int rank, Release release, LocalDate date) {
    return findRow(rank, release, (int) date.toEpochDay());
  }

  /** The row of the state in force at a rank; negative where there is none on that day. */
  int findRow(int rank, Release release, int day) {
    return states.find(rank, release.position(), day);
  }

  @Override
  public List<ConceptState> listStates(String code, Release release) {
    int rank = rank(code);
    if (rank < 0) {
      return List.of();
    }
    List<ConceptState> list = new ArrayList<>(4);
    for (int row = states.first(rank); row < states.first(rank + 1); row++) {
      if (states.isStatedBy(row, release.position())) {
        list.add(states.state(code, row));
      }
    }
    return list;
  }

  @Override
  public @Nullable ConceptState findState(String code, Release release, LocalDate date) {
    int rank = rank(code);
    int row = rank < 0 ? -1 : findRow(rank, release, date);
    return row < 0 ? null : states.state(code, row);
  }

  @Override
  public boolean contains(String code) {
    return rank(code) >= 0;
  }

  @Override
  public List<String> listBeginning(String beginning, int most) {
    List<String> list = new ArrayList<>();
    for (int rank = firstRank(beginning);
        rank < codes.size() && list.size() < most && codes.beginsWith(rank, beginning);
        rank++) {
      list.add(codes.code(rank));
    }
    return list;
  }

  @Override
  public void forEachCode(Consumer<String> consumer) {
    for (int rank = 0; rank < codes.size(); rank++) {
      consumer.accept(codes.code(rank));
    }
  }

  @Override
  public Page listPage(Release release, LocalDate date, Filter filter, String after, int limit) {
    return pages.list(release, date, filter, after, limit);
  }

  @Override
  public Knowledge knowledge(Release release) {
    Knowledge known = knowledge.get(release.position());
    if (known == null || known.release() != release) {
      known = new Knowledge(this, release);
      knowledge.put(release.position(), known);
    }
    return known;
  }

  /**
   * The first of the rows that hold the states of the code at a rank; they end where those of the
   * next rank begin. Rows of all editions lie side by side, by date.
   */
  public int firstRow(int rank) {
    return states.first(rank);
  }

  /** What a row calls its code. */
  public String label(int row) {
    return states.label(row);
  }

  /** How many letters the label of a row has. */
  public int labelLength(int row) {
    return states.labelLength(row);
  }

  /** What a row calls its code in another language; null where it does not say. */
  public @Nullable String label(int row, String language) {
    return states.label(row, language);
  }

  /** What a row calls its code in other languages, by language. */
  public Map<String, String> otherLabels(int row) {
    return states.otherLabels(row);
  }

  /** The attributes of a row. */
  public Map<String, String> attributes(int row) {
    return states.attributes(row);
  }

  /** The rank of the level of a row, the highest level first. */
  public int levelRank(int row) {
    return states.level(row);
  }

  /** Whether a release states a row. */
  public boolean isStated(int row, Release release) {
    return states.isStatedBy(row, release.position());
  }

  /** Whether a row holds on a day, which counts from 1970-01-01. */
  public boolean holds(int row, int day) {
    return states.holdsOn(row, day);
  }

  /** The first day of a row, which counts from 1970-01-01; the least number where it has none. */
  int begins(int row) {
    return states.firstDay(row);
  }

  /** The validity of a row. */
  public Validity validity(int row) {
    return states.validity(row);
  }

  /** The last figure that any edition states of the code at a rank; 0 where none does. */
  public long lastFigure(int rank, String measure) {
    MeasureTable table = measures.get(measure);
    return table == null ? 0 : table.last(rank);
  }

  @Override
  public void forEachState(Release release, Consumer<ConceptState> consumer) {
    for (int rank = 0; rank < codes.size(); rank++) {
      for (int row = states.first(rank); row < states.first(rank + 1); row++) {
        if (states.isStatedBy(row, release.position())) {
          consumer.accept(state(rank, row));
        }
      }
    }
  }

  @Override
  public void forEachLink(Release release, Consumer<Link> consumer) {
    forEachCode(code -> listLinks(code, release).forEach(consumer));
  }

  @Override
  public void forEachMeasure(Release release, Consumer<Measure> consumer) {
    forEachCode(code -> listMeasures(code, release).forEach(consumer));
  }

  ConceptState state(int rank, int row) {
    return states.state(codes.code(rank), row);
  }

  @Override
  public Set<LinkType> listLinkTypes() {
    return links.listTypes();
  }

  @Override
  public @Nullable LocalDate findFirstDay(LinkType type, Release release) {
    return links.findFirstDay(type, release.position());
  }

  @Override
  public List<Link> listLinks(String code, Release release, LocalDate date) {
    return links.list(code, rank(code), release.position(), (int) date.toEpochDay());
  }

  @Override
  public List<Link> listLinks(String code, Release release) {
    return links.list(code, rank(code), release.position(), null);
  }

  @Override
  public List<Link> listLinks(String code, LinkType type, Release release) {
    return links.list(code, rank(code), type, release.position());
  }

  @Override
  public List<String> listCodesLinkedTo(
      Relation relation, String targetReferential, String target, Release release, LocalDate date) {
    return codes.list(
        links.ranksTo(
            relation, targetReferential, target, release.position(), (int) date.toEpochDay()));
  }

  @Override
  public List<String> listCodesEverLinkedTo(
      Relation relation, String targetReferential, String target, Release release) {
    return codes.list(links.ranksTo(relation, targetReferential, target, release.position(), null));
  }

  @Override
  public boolean statesLinks(
      Relation relation, String targetReferential, Release release, LocalDate date) {
    return links.holdsAny(relation, targetReferential, release.position(), (int) date.toEpochDay());
  }

  @Override
  public List<Measure> listMeasures(String code, Release release) {
    int rank = rank(code);
    if (rank < 0) {
      return List.of();
    }
    List<Measure> list = new ArrayList<>(2);
    measures.forEach(
        (name, table) -> {
          for (int row = table.first(rank); row < table.first(rank + 1); row++) {
            if (table.isStatedBy(row, release.position())) {
              list.add(new Measure(code, name, table.value(row)));
            }
          }
        });
    return list;
  }

  @Override
  public List<Succession> listSuccessionsFrom(String code, Release release) {
    return successions.listFrom(code, release);
  }

  @Override
  public List<Succession> listSuccessionsTo(
      String referentialAfter, String codeAfter, Release release) {
    return successions.listTo(referentialAfter, codeAfter, release);
  }

  @Override
  public boolean leadsTo(String referentialAfter) {
    return successions.leadsTo(referentialAfter);
  }

  @Override
  public List<Succession> listSuccessions(Release release) {
    return successions.list(release);
  }
}
