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
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Answer;
import fr.pivot.registry.Codes;
import fr.pivot.registry.Knowledge;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that every edition of a referential says, in memory: sorted arrays and shared strings,
 * not an object a statement. Immutable once built; safe for any number of readers.
 */
public final class Codebook implements Codes {

  private final Referential referential;
  private final String[] codes;
  private final int[] firstState;
  private final Spans states;
  private final byte[] levels;
  private final String[] labels;
  private final @Nullable Map<String, String>[] otherLabels;
  private final @Nullable Map<String, String>[] attributes;
  private final BitSet derived;

  /**
   * The ranks of the codes, from 1, by their hashes; 0 where there is none. Made at the first
   * question, because a command that reads a codebook may ask it nothing.
   */
  private volatile int @Nullable [] ranks;

  private final CodePages pages = new CodePages(this);

  /** What is known of each edition, by its position. */
  private final Map<Integer, Knowledge> knowledge = new ConcurrentHashMap<>();

  private final Map<LinkType, LinkTable> links;
  private final Map<String, MeasureTable> measures;
  private final List<StatedSuccession> successions;
  private final Map<String, int[]> successionsFrom;
  private final Map<String, Map<String, int[]>> successionsTo;
  private final Map<String, String> variants;

  private record StatedSuccession(Succession succession, int firstRelease, int endRelease) {
    boolean isStatedBy(Release release) {
      return firstRelease <= release.position() && release.position() < endRelease;
    }
  }

  private record MeasureTable(Spans spans, int[] first, long[] values) {

    static MeasureTable readFrom(ColumnReader columns) {
      return new MeasureTable(Spans.readFrom(columns), columns.ints(), columns.longs());
    }

    void writeTo(ColumnWriter columns) {
      spans.writeTo(columns);
      columns.ints(first);
      columns.longs(values);
    }
  }

  private Codebook(Builder builder) {
    int count = builder.codes.size();
    referential = builder.referential;
    codes = builder.codes.toArray(String[]::new);
    firstState = Arrays.copyOf(builder.firstState, count + 1);
    firstState[count] = builder.labels.size();
    builder.states.trim();
    states = builder.states;
    levels = Arrays.copyOf(builder.levels, builder.labels.size());
    labels = builder.labels.toArray(String[]::new);
    otherLabels = maps(builder.otherLabels);
    attributes = maps(builder.attributes);
    derived = builder.derived;
    builder.links.values().forEach(LinkTable::seal);
    links = builder.links;
    measures = new LinkedHashMap<>();
    builder.measures.forEach((name, measure) -> measures.put(name, measure.table()));
    successions = List.copyOf(builder.successions);
    successionsFrom = new HashMap<>();
    successionsTo = new HashMap<>();
    index(successions);
    variants = listVariants(codes);
  }

  /** Reads what {@link #writeTo} wrote of the same referential. */
  Codebook(Referential referential, ColumnReader columns) {
    this.referential = referential;
    codes = columns.texts();
    firstState = columns.ints();
    states = Spans.readFrom(columns);
    levels = columns.bytes();
    labels = columns.texts();
    otherLabels = columns.maps();
    attributes = columns.maps();
    derived = BitSet.valueOf(columns.longs());
    links = new LinkedHashMap<>();
    for (int left = columns.number(); left > 0; left--) {
      Relation relation = Relation.valueOf(columns.text());
      links.put(type(referential, relation, columns.text()), new LinkTable(columns));
    }
    measures = new LinkedHashMap<>();
    for (int left = columns.number(); left > 0; left--) {
      measures.put(columns.text(), MeasureTable.readFrom(columns));
    }
    successions = readSuccessions(columns);
    successionsFrom = new HashMap<>();
    successionsTo = new HashMap<>();
    index(successions);
    variants = listVariants(codes);
  }

  /** Writes all that it was built from; what is read back gives the same answers. */
  void writeTo(ColumnWriter columns) {
    columns.texts(codes.length, i -> codes[i]);
    columns.ints(firstState);
    states.writeTo(columns);
    columns.bytes(levels);
    columns.texts(labels.length, i -> labels[i]);
    columns.maps(otherLabels);
    columns.maps(attributes);
    columns.longs(derived.toLongArray());
    columns.number(links.size());
    links.forEach(
        (type, table) -> {
          columns.text(type.relation().name());
          columns.text(type.referential());
          table.writeTo(columns);
        });
    columns.number(measures.size());
    measures.forEach(
        (name, table) -> {
          columns.text(name);
          table.writeTo(columns);
        });
    writeSuccessions(columns);
  }

  private void writeSuccessions(ColumnWriter columns) {
    int size = successions.size();
    columns.texts(size, i -> successions.get(i).succession().code());
    columns.texts(size, i -> successions.get(i).succession().referentialAfter());
    columns.texts(size, i -> successions.get(i).succession().codeAfter());
    columns.texts(size, i -> successions.get(i).succession().kind().name());
    columns.texts(size, i -> successions.get(i).succession().type());
    int[] numbers = new int[4 * size];
    for (int i = 0; i < size; i++) {
      StatedSuccession stated = successions.get(i);
      numbers[4 * i] = (int) stated.succession().date().toEpochDay();
      numbers[4 * i + 1] = stated.firstRelease();
      numbers[4 * i + 2] = stated.endRelease();
      numbers[4 * i + 3] = stated.succession().derived() ? 1 : 0;
    }
    columns.ints(numbers);
  }

  private static List<StatedSuccession> readSuccessions(ColumnReader columns) {
    @Nullable String[] before = columns.textsOrNull();
    String[] referentials = columns.texts();
    @Nullable String[] after = columns.textsOrNull();
    String[] kinds = columns.texts();
    @Nullable String[] types = columns.textsOrNull();
    int[] numbers = columns.ints();
    StatedSuccession[] list = new StatedSuccession[before.length];
    for (int i = 0; i < list.length; i++) {
      Succession succession =
          new Succession(
              LocalDate.ofEpochDay(numbers[4 * i]),
              before[i],
              referentials[i],
              after[i],
              SuccessionKind.valueOf(kinds[i]),
              types[i],
              numbers[4 * i + 3] == 1);
      list[i] = new StatedSuccession(succession, numbers[4 * i + 1], numbers[4 * i + 2]);
    }
    return List.of(list);
  }

  private static Map<String, String> listVariants(String[] codes) {
    Map<String, String> variants = new HashMap<>();
    for (String code : codes) {
      String folded = fold(code);
      if (!folded.equals(code)) {
        variants.putIfAbsent(folded, code);
      }
    }
    return variants;
  }

  private static LinkType type(Referential referential, Relation relation, String target) {
    for (LinkType type : referential.links()) {
      if (type.relation() == relation && type.referential().equals(target)) {
        return type;
      }
    }
    return new LinkType(relation, target, target, true, false);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable Map<String, String>[] maps(List<Map<String, String>> list) {
    Map<String, String>[] array = new Map[list.size()];
    Arrays.setAll(array, i -> list.get(i).isEmpty() ? null : list.get(i));
    return array;
  }

  private void index(List<StatedSuccession> all) {
    Map<String, List<Integer>> from = new HashMap<>();
    Map<String, Map<String, List<Integer>>> to = new HashMap<>();
    for (int i = 0; i < all.size(); i++) {
      Succession succession = all.get(i).succession();
      if (succession.code() != null) {
        from.computeIfAbsent(succession.code(), _ -> new ArrayList<>(1)).add(i);
      }
      if (succession.codeAfter() != null) {
        to.computeIfAbsent(succession.referentialAfter(), _ -> new HashMap<>())
            .computeIfAbsent(succession.codeAfter(), _ -> new ArrayList<>(1))
            .add(i);
      }
    }
    from.forEach((code, rows) -> successionsFrom.put(code, ints(rows)));
    to.forEach(
        (target, byCode) -> {
          Map<String, int[]> index = new HashMap<>();
          byCode.forEach((code, rows) -> index.put(code, ints(rows)));
          successionsTo.put(target, index);
        });
  }

  private static int[] ints(Collection<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Referential referential() {
    return referential;
  }

  /** The referentials that its links and successions lead to. */
  Set<String> listTargets() {
    Set<String> targets = new HashSet<>(successionsTo.keySet());
    links.keySet().forEach(type -> targets.add(type.referential()));
    return targets;
  }

  @Override
  public int size() {
    return codes.length;
  }

  /** The code at a rank, in the order of code points. */
  public String code(int rank) {
    return codes[rank];
  }

  /** The rank of a code written exactly so, or a negative number: {@code -(insertion rank) - 1}. */
  public int rank(String code) {
    int[] index = ranks;
    if (index == null) {
      index = indexRanks(codes);
      ranks = index;
    }
    int mask = index.length - 1;
    for (int slot = slot(code) & mask; index[slot] > 0; slot = slot + 1 & mask) {
      int rank = index[slot] - 1;
      if (codes[rank].equals(code)) {
        return rank;
      }
    }
    return Arrays.binarySearch(codes, code);
  }

  /**
   * The rank of the first code that does not come before a text: where those begin that begin so.
   */
  public int firstRank(String beginning) {
    int rank = rank(beginning);
    return rank < 0 ? -rank - 1 : rank;
  }

  private static int[] indexRanks(String[] codes) {
    int[] index = new int[Integer.highestOneBit(Math.max(1, codes.length)) << 2];
    int mask = index.length - 1;
    for (int rank = 0; rank < codes.length; rank++) {
      int slot = slot(codes[rank]) & mask;
      while (index[slot] > 0) {
        slot = slot + 1 & mask;
      }
      index[slot] = rank + 1;
    }
    return index;
  }

  private static int slot(String code) {
    int hash = code.hashCode() * 0x9E3779B9;
    return hash ^ hash >>> 15;
  }

  @Override
  public Optional<String> findCanonical(String written) {
    if (rank(written) >= 0) {
      return Optional.of(written);
    }
    String folded = fold(written);
    if (rank(folded) >= 0) {
      return Optional.of(folded);
    }
    String code = variants.get(folded);
    if (code == null && referential.check() == CheckRule.CPV && folded.length() == 9) {
      String without = folded.substring(0, 8);
      int rank = rank(without);
      if (rank >= 0 && folded.substring(8).equals(checkDigit(rank))) {
        code = without;
      }
    }
    return Optional.ofNullable(code);
  }

  private @Nullable String checkDigit(int rank) {
    Map<String, String> stated = attributes[firstState[rank]];
    return stated == null ? null : stated.get("checkDigit");
  }

  private static String fold(String text) {
    if (isFolded(text)) {
      return text;
    }
    StringBuilder folded = new StringBuilder(text.length());
    text.codePoints().filter(Character::isLetterOrDigit).forEach(folded::appendCodePoint);
    return folded.toString().toUpperCase(Locale.ROOT);
  }

  private static boolean isFolded(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Answer find(String code, Release release, LocalDate date) {
    int rank = rank(code);
    if (rank < 0) {
      return new Answer.Unknown();
    }
    int row = findRow(rank, release, date);
    if (row >= 0) {
      return new Answer.InForce(state(rank, row));
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
    return row < 0 ? null : labels[row];
  }

  @Override
  public List<String> listInForce(Release release, LocalDate date) {
    List<String> list = new ArrayList<>();
    int day = (int) date.toEpochDay();
    for (int rank = 0; rank < codes.length; rank++) {
      if (findRow(rank, release, day) >= 0) {
        list.add(codes[rank]);
      }
    }
    return list;
  }

  private int findRow(int rank, Release release, LocalDate date) {
    return findRow(rank, release, (int) date.toEpochDay());
  }

  /** The row of the state in force at a rank; negative where there is none on that day. */
  int findRow(int rank, Release release, int day) {
    for (int row = firstState[rank]; row < firstState[rank + 1]; row++) {
      if (states.isStatedBy(row, release.position()) && states.holdsOn(row, day)) {
        return row;
      }
    }
    return -1;
  }

  @Override
  public List<ConceptState> listStates(String code, Release release) {
    int rank = rank(code);
    if (rank < 0) {
      return List.of();
    }
    List<ConceptState> list = new ArrayList<>(4);
    for (int row = firstState[rank]; row < firstState[rank + 1]; row++) {
      if (states.isStatedBy(row, release.position())) {
        list.add(state(rank, row));
      }
    }
    return list;
  }

  @Override
  public @Nullable ConceptState findState(String code, Release release, LocalDate date) {
    int rank = rank(code);
    int row = rank < 0 ? -1 : findRow(rank, release, date);
    return row < 0 ? null : state(rank, row);
  }

  @Override
  public boolean contains(String code) {
    return rank(code) >= 0;
  }

  @Override
  public List<String> listBeginning(String beginning, int most) {
    List<String> list = new ArrayList<>();
    for (int rank = firstRank(beginning);
        rank < codes.length && list.size() < most && codes[rank].startsWith(beginning);
        rank++) {
      list.add(codes[rank]);
    }
    return list;
  }

  @Override
  public void forEachCode(Consumer<String> consumer) {
    for (String code : codes) {
      consumer.accept(code);
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
    return firstState[rank];
  }

  /** What a row calls its code. */
  public String label(int row) {
    return labels[row];
  }

  /** What a row calls its code in other languages, by language. */
  public Map<String, String> otherLabels(int row) {
    Map<String, String> other = otherLabels[row];
    return other == null ? Map.of() : other;
  }

  /** The attributes of a row. */
  public Map<String, String> attributes(int row) {
    Map<String, String> stated = attributes[row];
    return stated == null ? Map.of() : stated;
  }

  /** The rank of the level of a row, the highest level first. */
  public int levelRank(int row) {
    return levels[row];
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
    if (table == null || table.first()[rank] == table.first()[rank + 1]) {
      return 0;
    }
    return table.values()[table.first()[rank + 1] - 1];
  }

  @Override
  public void forEachState(Release release, Consumer<ConceptState> consumer) {
    for (int rank = 0; rank < codes.length; rank++) {
      for (int row = firstState[rank]; row < firstState[rank + 1]; row++) {
        if (states.isStatedBy(row, release.position())) {
          consumer.accept(state(rank, row));
        }
      }
    }
  }

  @Override
  public void forEachLink(Release release, Consumer<Link> consumer) {
    for (String code : codes) {
      listLinks(code, release).forEach(consumer);
    }
  }

  @Override
  public void forEachMeasure(Release release, Consumer<Measure> consumer) {
    for (String code : codes) {
      listMeasures(code, release).forEach(consumer);
    }
  }

  ConceptState state(int rank, int row) {
    Map<String, String> other = otherLabels[row];
    Map<String, String> stated = attributes[row];
    return new ConceptState(
        codes[rank],
        states.validity(row),
        referential.levels().get(levels[row]).id(),
        labels[row],
        other == null ? Map.of() : other,
        stated == null ? Map.of() : stated,
        derived.get(row));
  }

  @Override
  public List<Link> listLinks(String code, Release release, LocalDate date) {
    return listLinks(code, release, (int) date.toEpochDay(), true);
  }

  @Override
  public Set<LinkType> listLinkTypes() {
    return links.keySet();
  }

  @Override
  public List<Link> listLinks(String code, LinkType type, Release release) {
    int rank = rank(code);
    LinkTable table = links.get(type);
    if (rank < 0 || table == null || table.first(rank) == table.end(rank)) {
      return List.of();
    }
    List<Link> list = new ArrayList<>(2);
    for (int row = table.first(rank); row < table.end(rank); row++) {
      if (table.spans().isStatedBy(row, release.position())) {
        list.add(link(type, table, row));
      }
    }
    return list;
  }

  @Override
  public @Nullable LocalDate findFirstDay(LinkType type, Release release) {
    LinkTable table = links.get(type);
    return table == null ? null : table.firstDay(release.position());
  }

  @Override
  public List<Link> listLinks(String code, Release release) {
    return listLinks(code, release, 0, false);
  }

  private List<Link> listLinks(String code, Release release, int day, boolean dated) {
    int rank = rank(code);
    if (rank < 0) {
      return List.of();
    }
    List<Link> list = new ArrayList<>(8);
    links.forEach(
        (type, table) -> {
          for (int row = table.first(rank); row < table.end(rank); row++) {
            if (table.spans().isStatedBy(row, release.position())
                && (!dated || table.spans().holdsOn(row, day))) {
              list.add(link(type, table, row));
            }
          }
        });
    return list;
  }

  private Link link(LinkType type, LinkTable table, int row) {
    return new Link(
        codes[table.source(row)],
        type.relation(),
        type.referential(),
        table.target(row),
        table.spans().validity(row),
        table.isDerived(row));
  }

  @Override
  public List<String> listCodesLinkedTo(
      Relation relation, String targetReferential, String target, Release release, LocalDate date) {
    int day = (int) date.toEpochDay();
    return listLinkedTo(
        relation, targetReferential, target, release, (spans, row) -> spans.holdsOn(row, day));
  }

  @Override
  public List<String> listCodesEverLinkedTo(
      Relation relation, String targetReferential, String target, Release release) {
    return listLinkedTo(relation, targetReferential, target, release, (_, _) -> true);
  }

  private interface Holding {
    boolean holds(Spans spans, int row);
  }

  private List<String> listLinkedTo(
      Relation relation,
      String targetReferential,
      String target,
      Release release,
      Holding holding) {
    List<String> list = new ArrayList<>();
    links.forEach(
        (type, table) -> {
          if (type.relation() == relation && type.referential().equals(targetReferential)) {
            for (int row : table.rowsTo(target)) {
              if (table.spans().isStatedBy(row, release.position())
                  && holding.holds(table.spans(), row)) {
                list.add(codes[table.source(row)]);
              }
            }
          }
        });
    Collections.sort(list);
    return list;
  }

  @Override
  public boolean statesLinks(
      Relation relation, String targetReferential, Release release, LocalDate date) {
    int day = (int) date.toEpochDay();
    for (Map.Entry<LinkType, LinkTable> entry : links.entrySet()) {
      if (entry.getKey().relation() == relation
          && entry.getKey().referential().equals(targetReferential)
          && entry.getValue().holdsAny(release.position(), day)) {
        return true;
      }
    }
    return false;
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
          for (int row = table.first()[rank]; row < table.first()[rank + 1]; row++) {
            if (table.spans().isStatedBy(row, release.position())) {
              list.add(new Measure(code, name, table.values()[row]));
            }
          }
        });
    return list;
  }

  @Override
  public List<Succession> listSuccessionsFrom(String code, Release release) {
    return stated(successionsFrom.get(code), release);
  }

  @Override
  public List<Succession> listSuccessionsTo(
      String referentialAfter, String codeAfter, Release release) {
    Map<String, int[]> index = successionsTo.get(referentialAfter);
    return index == null ? List.of() : stated(index.get(codeAfter), release);
  }

  @Override
  public boolean leadsTo(String referentialAfter) {
    return successionsTo.containsKey(referentialAfter);
  }

  private List<Succession> stated(int @Nullable [] rows, Release release) {
    if (rows == null) {
      return List.of();
    }
    List<Succession> list = new ArrayList<>(rows.length);
    for (int row : rows) {
      if (successions.get(row).isStatedBy(release)) {
        list.add(successions.get(row).succession());
      }
    }
    return list;
  }

  @Override
  public List<Succession> listSuccessions(Release release) {
    return successions.stream()
        .filter(s -> s.isStatedBy(release))
        .map(StatedSuccession::succession)
        .toList();
  }

  /**
   * Builds a codebook. States must come by code (in the order of code points) and then by date;
   * links and figures by code; successions by date. States come first.
   */
  public static final class Builder {

    private final Referential referential;
    private final List<String> codes = new ArrayList<>();
    private int[] firstState = new int[256];
    private final Spans states = new Spans();
    private byte[] levels = new byte[256];
    private final List<String> labels = new ArrayList<>();
    private final List<Map<String, String>> otherLabels = new ArrayList<>();
    private final List<Map<String, String>> attributes = new ArrayList<>();
    private final BitSet derived = new BitSet();
    private final Map<LinkType, LinkTable> links = new LinkedHashMap<>();
    private final Map<String, MeasureBuilder> measures = new LinkedHashMap<>();
    private final List<StatedSuccession> successions = new ArrayList<>();
    private final Map<Object, Object> pool = new HashMap<>();
    private @Nullable String lastCode;
    private int lastRank;

    /** Begins a codebook. */
    public Builder(Referential referential) {
      this.referential = referential;
    }

    /**
     * Adds a state.
     *
     * @param firstRelease the position of the first release that states it, or null for no bound
     * @param endRelease the position of the first release that no longer does, or null for none
     */
    public void addState(
        ConceptState state, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      int row = labels.size();
      if (codes.isEmpty() || !codes.getLast().equals(state.code())) {
        if (codes.size() + 2 > firstState.length) {
          firstState = Arrays.copyOf(firstState, firstState.length * 2);
        }
        firstState[codes.size()] = row;
        codes.add(share(state.code()));
      }
      if (row == levels.length) {
        levels = Arrays.copyOf(levels, row * 2);
      }
      levels[row] = (byte) levelRank(state.level());
      labels.add(share(state.label()));
      otherLabels.add(share(state.labels()));
      attributes.add(share(state.attributes()));
      derived.set(row, state.derived());
      states.add(state.validity().from(), state.validity().to(), firstRelease, endRelease);
    }

    private int levelRank(String level) {
      for (int i = 0; i < referential.levels().size(); i++) {
        if (referential.levels().get(i).id().equals(level)) {
          return i;
        }
      }
      throw new IllegalArgumentException("no level " + level + " in " + referential.id());
    }

    @SuppressWarnings("unchecked")
    private <T> T share(T value) {
      return (T) pool.computeIfAbsent(value, v -> v);
    }

    /** The rank of a code; rows come by code, so that it mostly is that of the row before. */
    private int rank(String code) {
      if (!code.equals(lastCode)) {
        lastCode = code;
        lastRank = Collections.binarySearch(codes, code);
      }
      return lastRank;
    }

    /** Adds a link; a link of a code that has no state is left out. */
    public void addLink(Link link, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      int rank = rank(link.code());
      if (rank < 0) {
        return;
      }
      LinkTable table =
          links.computeIfAbsent(
              type(referential, link.relation(), link.referential()),
              _ -> new LinkTable(codes.size()));
      table.add(rank, share(link.target()), link.derived());
      Validity validity = link.validity();
      table.spans().add(validity.from(), validity.to(), firstRelease, endRelease);
    }

    /** Adds a figure; a figure of a code that has no state is left out. */
    public void addMeasure(
        Measure measure, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      int rank = rank(measure.code());
      if (rank >= 0) {
        measures
            .computeIfAbsent(measure.name(), _ -> new MeasureBuilder(codes.size()))
            .add(rank, measure.value(), firstRelease, endRelease);
      }
    }

    /** Adds a succession; a creation on the day where the history begins is none. */
    public void addSuccession(
        Succession succession, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      if (succession.code() == null && succession.date().equals(referential.horizon())) {
        return;
      }
      successions.add(
          new StatedSuccession(
              succession,
              firstRelease == null ? Integer.MIN_VALUE : firstRelease,
              endRelease == null ? Integer.MAX_VALUE : endRelease));
    }

    /** Ends the building; the builder is of no use afterwards. */
    public Codebook build() {
      Map<LinkType, LinkTable> ordered = new LinkedHashMap<>();
      referential.links().stream()
          .filter(links::containsKey)
          .forEach(type -> ordered.put(type, links.remove(type)));
      ordered.putAll(links);
      links.clear();
      links.putAll(ordered);
      return new Codebook(this);
    }
  }

  private static final class MeasureBuilder {
    private final Spans spans = new Spans();
    private final int[] first;
    private long[] values = new long[64];
    private int size;

    MeasureBuilder(int codes) {
      first = new int[codes + 1];
    }

    void add(int rank, long value, @Nullable Integer firstRelease, @Nullable Integer endRelease) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
      first[rank + 1] = size;
      spans.add(null, null, firstRelease, endRelease);
    }

    MeasureTable table() {
      for (int i = 1; i < first.length; i++) {
        first[i] = Math.max(first[i], first[i - 1]);
      }
      spans.trim();
      return new MeasureTable(spans, first, Arrays.copyOf(values, size));
    }
  }
}
