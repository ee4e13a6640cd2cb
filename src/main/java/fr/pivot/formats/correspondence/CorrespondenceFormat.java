package fr.pivot.formats.correspondence;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.PairedCodes;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.Text;
import fr.pivot.referential.correspondence.CorrespondenceHead;
import fr.pivot.referential.correspondence.CorrespondenceHead.Side;
import fr.pivot.referential.correspondence.Match;
import fr.pivot.text.sheet.Delimited;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table of one's own between two editions: a delimited text file with a column of source codes
 * and one of target codes, and, where they are known, the match, the share and its basis. The
 * columns have English or French names. Every other column becomes an attribute of its lines,
 * except those whose names begin with {@code #}: they are notes for people, as {@code pivot
 * propose} writes them.
 *
 * <p>A line without a match gets the one that the table itself tells ({@link PairedCodes}). A line
 * without one of its two codes states nothing: it is left out, with a finding.
 */
public final class CorrespondenceFormat implements ReleaseFormat {

  /** The basis of a share that comes without one. */
  private static final String NO_BASIS = "none";

  private static final String NOTE = "#";

  /** What the column of source codes may be called. */
  public static final List<String> SOURCES = List.of("source", "code_source", "source_code");

  /** What the column of target codes may be called. */
  public static final List<String> TARGETS =
      List.of("target", "cible", "code_cible", "target_code");

  /** The names of a column, the first of them the one that findings give. */
  private enum Column {
    SOURCE(SOURCES),
    TARGET(TARGETS),
    MATCH(List.of("match", "correspondance")),
    SHARE(List.of("share", "part")),
    BASIS(List.of("basis", "base"));

    private final List<String> names;

    Column(List<String> names) {
      this.names = names;
    }

    /** The name under which a file has it, or null. */
    @Nullable String in(Delimited file) {
      return names.stream().filter(file::has).findFirst().orElse(null);
    }
  }

  private final Side from;
  private final Side to;
  private final @Nullable String id;
  private final @Nullable String title;
  private final @Nullable String publisher;

  /**
   * Reads tables between two editions.
   *
   * @param id the table's id, or null for one made of its sides: {@code naf-rev2.naf-2025}
   * @param title what it is called, or null for its sides
   * @param publisher who made it, or null where nobody says
   */
  public CorrespondenceFormat(
      Side from, Side to, @Nullable String id, @Nullable String title, @Nullable String publisher) {
    this.from = from;
    this.to = to;
    this.id = id;
    this.title = title;
    this.publisher = publisher;
  }

  @Override
  public String id() {
    return "correspondence";
  }

  @Override
  public Text sign() {
    return new Text(
        "les colonnes source et target (ou code_source et code_cible)",
        "the columns source and target (or code_source and code_cible)");
  }

  @Override
  public Optional<Recognised> recognise(FileHead head) {
    return isTable(head) ? Optional.of(Recognised.TABLE) : Optional.empty();
  }

  /** Whether a file is such a table, whose sides it does not say. */
  public static boolean isTable(FileHead head) {
    List<String> names = head.firstLine();
    return SOURCES.stream().anyMatch(names::contains) && TARGETS.stream().anyMatch(names::contains);
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("from", from.toString());
    settings.put("to", to.toString());
    put(settings, "id", id);
    put(settings, "title", title);
    put(settings, "publisher", publisher);
    return settings;
  }

  private static void put(Map<String, String> settings, String name, @Nullable String value) {
    if (value != null) {
      settings.put(name, value);
    }
  }

  /** The id of a table that is given none: {@code naf-rev2.naf-2025}. */
  public static String idOf(Side from, Side to) {
    return (from + "." + to).toLowerCase(Locale.ROOT).replace('@', '-');
  }

  @Override
  public void read(
      List<InputFile> files, ReadOptions options, Findings findings, ReleaseTarget target)
      throws IOException {
    if (files.size() != 1) {
      findings.add(
          files.isEmpty()
              ? Rule.MISSING_FILE.at(new Place(null, 0, null))
              : Rule.DUPLICATE_FILE.at(Place.file(files.get(1).name())));
      return;
    }
    InputFile input = files.getFirst();
    Optional<Delimited> opened =
        Delimited.open(input.name(), () -> input.content().open(), findings);
    if (opened.isEmpty()) {
      return;
    }
    try (Delimited file = opened.get()) {
      Reading reading = new Reading(file, findings);
      if (reading.isComplete()) {
        file.forEach(reading::take);
        String name = from + " → " + to;
        reading
            .pairs
            .toAssociations()
            .forEach(
                target.openCorrespondence(
                    new CorrespondenceHead(
                        id == null ? idOf(from, to) : id,
                        title == null ? new Text(name, name) : new Text(title, title),
                        publisher == null ? "" : publisher,
                        null,
                        from,
                        to,
                        null,
                        List.of(input.toSourceFile()))));
      }
    }
  }

  /** One file being read. */
  private static final class Reading {
    private final Delimited file;
    private final Findings findings;
    private final PairedCodes pairs = new PairedCodes();
    private final Map<Column, String> columns = new HashMap<>();
    private final Map<String, Integer> attributes = new LinkedHashMap<>();

    Reading(Delimited file, Findings findings) {
      this.file = file;
      this.findings = findings;
      Set<String> taken = new HashSet<>();
      for (Column column : Column.values()) {
        String name = column.in(file);
        if (name != null) {
          columns.put(column, name);
          taken.add(name);
        }
      }
      for (int i = 0; i < file.header().size(); i++) {
        String name = file.header().get(i);
        if (!name.isEmpty()
            && !name.startsWith(NOTE)
            && !taken.contains(name.toLowerCase(Locale.ROOT))) {
          attributes.putIfAbsent(name, i);
        }
      }
    }

    /** Whether it has the columns that it must have. */
    boolean isComplete() {
      boolean complete = true;
      for (Column column : List.of(Column.SOURCE, Column.TARGET)) {
        if (!columns.containsKey(column)) {
          String name = column.names.getFirst();
          findings.add(
              Rule.MISSING_COLUMN.at(
                  new Place(file.file(), 1, name), name, String.join(", ", column.names)));
          complete = false;
        }
      }
      return complete;
    }

    private String get(Delimited.Row row, Column column) {
      String name = columns.get(column);
      return name == null ? "" : row.get(name);
    }

    private Place place(Delimited.Row row, Column column) {
      return row.place(columns.getOrDefault(column, column.names.getFirst()));
    }

    void take(Delimited.Row row) {
      String source = get(row, Column.SOURCE);
      String target = get(row, Column.TARGET);
      if (source.isEmpty() || target.isEmpty()) {
        findings.add(
            Rule.CORRESPONDENCE_OPEN_LINE.at(
                place(row, source.isEmpty() ? Column.SOURCE : Column.TARGET),
                source.isEmpty() ? target : source));
        return;
      }
      String written = get(row, Column.MATCH);
      Match match = null;
      if (!written.isEmpty()) {
        match = match(written);
        if (match == null) {
          findings.add(Rule.CORRESPONDENCE_MATCH.at(place(row, Column.MATCH), written));
          return;
        }
      }
      String part = get(row, Column.SHARE);
      BigDecimal share = null;
      if (!part.isEmpty()) {
        share = share(part);
        if (share == null) {
          findings.add(Rule.CORRESPONDENCE_SHARE.at(place(row, Column.SHARE), part));
          return;
        }
      }
      String basis = get(row, Column.BASIS);
      Map<String, String> values = new HashMap<>();
      attributes.forEach(
          (name, index) -> {
            String value = row.fields().get(index).strip();
            if (!value.isEmpty()) {
              values.put(name, value);
            }
          });
      pairs.add(
          source,
          target,
          match,
          share,
          share == null ? null : basis.isEmpty() ? NO_BASIS : basis,
          values);
    }

    private static @Nullable Match match(String written) {
      for (Match match : Match.values()) {
        if (match.id().equals(written.toLowerCase(Locale.ROOT))) {
          return match;
        }
      }
      return null;
    }

    /** A share, with a decimal comma or point; null where it is none. */
    private static @Nullable BigDecimal share(String written) {
      try {
        return written.length() > 30 ? null : new BigDecimal(written.replace(',', '.'));
      } catch (NumberFormatException _) {
        return null;
      }
    }
  }
}
