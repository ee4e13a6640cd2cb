package fr.pivot.validation.plan;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Reference;
import fr.pivot.catalog.Release;
import fr.pivot.finding.ProblemException;
import fr.pivot.finding.ProblemType;
import fr.pivot.finding.Rule;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.registry.Points;
import fr.pivot.text.Discretion;
import fr.pivot.validation.detection.ColumnSample;
import fr.pivot.validation.detection.Detector;
import fr.pivot.validation.detection.Detector.Candidate;
import fr.pivot.validation.detection.Detector.Content;
import fr.pivot.validation.detection.PersonalData;
import fr.pivot.validation.detection.Sample;
import fr.pivot.validation.detection.Vintage;
import fr.pivot.validation.schema.SchemaBindings;
import fr.pivot.validation.schema.TableSchema;
import fr.pivot.validation.value.CodeCheck;
import fr.pivot.validation.value.Outcome;
import fr.pivot.validation.value.Reading;
import fr.pivot.validation.value.Verdict;
import fr.pivot.validation.value.Yardstick;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Works out how a file is held against the registry, from what is asked and from its beginning. */
public final class Planner {

  private static final TableSchema NO_SCHEMA = new TableSchema(List.of(), List.of(), List.of(""));

  private final Detector detector;
  private final Request request;
  private final Sample sample;
  private final List<String> header;

  private Planner(Detector detector, Request request, Sample sample) {
    this.detector = detector;
    this.request = request;
    this.sample = sample;
    this.header = sample.columns().stream().map(ColumnSample::name).toList();
  }

  /**
   * Makes the plan.
   *
   * @throws ProblemException where a column, a referential or an edition that is asked for does not
   *     exist
   */
  public static Plan plan(Detector detector, Request request, Sample sample) {
    return new Planner(detector, request, sample).plan();
  }

  private Plan plan() {
    Map<Integer, TableSchema.Field> fields = fields();
    Set<Integer> required = required(fields);
    Map<Integer, CheckedColumn> bounds = new HashMap<>();
    When when = when();
    for (Request.Declared declared : request.columns()) {
      int rank = rank(declared.column());
      Reference reference = Points.reference(declared.reference());
      Yardstick yardstick = declared(reference, when);
      int dateRank = reference.date() == null && reference.edition() == null ? when.rank() : -1;
      ColumnSample column = sample.columns().get(rank);
      bounds.put(rank, bound(column, yardstick, dateRank, required, null, null));
    }
    bindFields(fields, bounds, when, required);
    Map<Integer, Text> unconfirmed = new TreeMap<>();
    if (request.detects()) {
      detect(bounds, when, required, unconfirmed);
    }
    List<CheckedColumn> list =
        bounds.values().stream().sorted(Comparator.comparingInt(CheckedColumn::rank)).toList();
    Map<Integer, PersonalData.Likeness> personal =
        PersonalData.findAll(sample.columns(), bounds.keySet());
    return new Plan(
        sample.columns().stream().map(ColumnSample::toldName).toList(),
        list,
        fieldChecks(fields, required, bounds.keySet()),
        new RelatedColumns(detector, sample).list(list),
        key(fields),
        personal,
        discreet(personal.keySet()),
        findings(fields, personal, unconfirmed),
        sample.lastHeader(),
        request.limit());
  }

  private Set<Integer> discreet(Set<Integer> personal) {
    Set<Integer> discreet = new TreeSet<>(personal);
    sample.columns().stream()
        .filter(column -> Discretion.isPersonal(column.name()))
        .map(ColumnSample::rank)
        .forEach(discreet::add);
    return discreet;
  }

  /**
   * Finds what columns hold.
   *
   * @param unconfirmed takes what is to be said of columns whose name their values do not confirm
   */
  private void detect(
      Map<Integer, CheckedColumn> bounds,
      When when,
      Set<Integer> required,
      Map<Integer, Text> unconfirmed) {
    bindByKinds(bounds, when, required);
    for (ColumnSample column : sample.columns()) {
      if (bounds.containsKey(column.rank())) {
        continue;
      }
      List<Candidate> candidates =
          detector.detect(column).stream().filter(c -> isLoaded(c.referential())).toList();
      if (candidates.isEmpty()) {
        continue;
      }
      Candidate best = candidates.getFirst();
      boolean isBound = best.isAccepted() && best.content() == Content.CODES;
      if (isBound) {
        Yardstick yardstick = detected(best.referential(), column, when);
        bounds.put(column.rank(), bound(column, yardstick, when.rank(), required, best, null));
      }
      List<Candidate> named =
          candidates.stream().filter(c -> c.header() == 1 && !c.isAccepted()).toList();
      boolean isQuestion = best.header() < 1 || !best.isAccepted();
      if (isQuestion && !named.isEmpty() && !column.counts().isEmpty()) {
        unconfirmed.put(
            column.rank(), Messages.unconfirmed(named, isBound ? best.referential() : null));
      }
    }
  }

  /** The columns of a file whose codes are of the kinds that other columns say. */
  public static List<CheckedColumn> listByKinds(Detector detector, Sample sample) {
    Planner planner = new Planner(detector, Request.DETECTING, sample);
    Map<Integer, CheckedColumn> bounds = new TreeMap<>();
    planner.bindByKinds(bounds, planner.when(), Set.of());
    return List.copyOf(bounds.values());
  }

  /** Binds the columns whose codes are of the kinds that other columns say. */
  private void bindByKinds(Map<Integer, CheckedColumn> bounds, When when, Set<Integer> required) {
    for (ColumnSample column : sample.columns()) {
      if (!bounds.containsKey(column.rank()) && Kinds.areIn(column, detector)) {
        bindByKinds(column, bounds, when, required);
      }
    }
  }

  /** Binds the column whose codes are of the kinds that another column says, where there is one. */
  private void bindByKinds(
      ColumnSample saying, Map<Integer, CheckedColumn> bounds, When when, Set<Integer> required) {
    Kinds kinds =
        new Kinds(
            saying.rank(), detector, referential -> on(when, detector.yardstick(referential)));
    ColumnOfKinds.find(sample, saying, kinds, bounds.keySet())
        .ifPresent(
            best ->
                bounds.put(
                    best.column().rank(),
                    bound(
                        best.column(),
                        best.kind(),
                        when.rank(),
                        required,
                        best.candidate(),
                        kinds)));
  }

  private static Yardstick on(When when, Yardstick yardstick) {
    return when.date() == null || yardstick.referential().kind() == Kind.NOMENCLATURE
        ? yardstick
        : yardstick.on(when.date());
  }

  // --- What a schema says ---

  private TableSchema schema() {
    TableSchema schema = request.schema();
    return schema == null ? NO_SCHEMA : schema;
  }

  /** The fields of the schema by the place of their column; those without a column are left out. */
  private Map<Integer, TableSchema.Field> fields() {
    Map<Integer, TableSchema.Field> fields = new TreeMap<>();
    for (TableSchema.Field field : schema().fields()) {
      OptionalInt rank = findRank(field.name());
      if (rank.isPresent()) {
        fields.putIfAbsent(rank.getAsInt(), field);
      }
    }
    return fields;
  }

  /** The columns that must not be empty, by whom ever that is said. */
  private Set<Integer> required(Map<Integer, TableSchema.Field> fields) {
    Set<Integer> required = new HashSet<>(request.required().stream().map(this::rank).toList());
    fields.forEach(
        (rank, field) -> {
          if (field.required()) {
            required.add(rank);
          }
        });
    return required;
  }

  /** What is to be checked of columns without codes: those with codes are judged as such. */
  private List<FieldCheck> fieldChecks(
      Map<Integer, TableSchema.Field> fields, Set<Integer> required, Set<Integer> bound) {
    Set<Integer> ranks = new TreeSet<>(fields.keySet());
    ranks.addAll(required);
    ranks.removeAll(bound);
    List<FieldCheck> checks = new ArrayList<>();
    for (int rank : ranks) {
      TableSchema.Field field = fields.get(rank);
      checks.add(
          new FieldCheck(
              field == null ? TableSchema.Field.named(header.get(rank)) : field,
              rank,
              required.contains(rank),
              schema().missingValues()));
    }
    return checks;
  }

  private void bindFields(
      Map<Integer, TableSchema.Field> fields,
      Map<Integer, CheckedColumn> bounds,
      When when,
      Set<Integer> required) {
    SchemaBindings bindings = new SchemaBindings(detector.registry().catalog().listReferentials());
    fields.forEach(
        (rank, field) -> {
          if (bounds.containsKey(rank)) {
            return;
          }
          List<Reference> references =
              bindings.find(field).stream()
                  .flatMap(binding -> binding.references().stream())
                  .filter(r -> isLoaded(r.referential()))
                  .toList();
          // Where a name is listed by several, the values decide, as they do without a schema.
          boolean isSaid = references.size() == 1 || !request.detects();
          Optional<Reference> reference =
              isSaid ? references.stream().findFirst() : Optional.empty();
          if (reference.isPresent()) {
            Yardstick yardstick = declared(reference.get(), when);
            bounds.put(
                rank,
                bound(sample.columns().get(rank), yardstick, when.rank(), required, null, null));
          }
        });
  }

  private List<Integer> key(Map<Integer, TableSchema.Field> fields) {
    if (!request.key().isEmpty()) {
      return request.key().stream().map(this::rank).toList();
    }
    List<Integer> key = new ArrayList<>();
    for (String name : schema().primaryKey()) {
      findRank(name).ifPresent(key::add);
    }
    if (key.isEmpty()) {
      fields.forEach(
          (rank, field) -> {
            if (field.unique() && key.isEmpty()) {
              key.add(rank);
            }
          });
    }
    return key;
  }

  private List<CellFinding> findings(
      Map<Integer, TableSchema.Field> fields,
      Map<Integer, PersonalData.Likeness> personal,
      Map<Integer, Text> unconfirmed) {
    List<CellFinding> findings = new ArrayList<>();
    for (long line : sample.otherHeaders()) {
      Verdict second = Verdict.wrong(Outcome.VALID, Rule.SECOND_HEADER);
      findings.add(new CellFinding(Rule.SECOND_HEADER, line, -1, null, second));
    }
    for (TableSchema.Field field : schema().fields()) {
      if (field.required() && !fields.containsValue(field)) {
        findings.add(
            new CellFinding(
                Rule.MISSING_COLUMN,
                0,
                -1,
                field.name(),
                Verdict.wrong(Outcome.EMPTY, Rule.MISSING_COLUMN)));
      }
    }
    personal.forEach(
        (rank, likeness) ->
            findings.add(ofColumn(Rule.PERSONAL_DATA, rank, Messages.likeness(likeness))));
    unconfirmed.forEach(
        (rank, text) -> findings.add(ofColumn(Rule.UNCONFIRMED_COLUMN, rank, text)));
    return findings;
  }

  private static CellFinding ofColumn(Rule rule, int rank, Text detail) {
    return new CellFinding(rule, 0, rank, null, Verdict.wrong(Outcome.VALID, rule).with(detail));
  }

  private boolean isLoaded(Referential referential) {
    return referential.partial()
        || detector.registry().catalog().findLatest(referential.id()).isPresent();
  }

  private boolean isLoaded(String referential) {
    return detector
        .registry()
        .catalog()
        .findReferential(referential)
        .filter(this::isLoaded)
        .isPresent();
  }

  private CheckedColumn bound(
      ColumnSample column,
      Yardstick yardstick,
      int dateRank,
      Set<Integer> required,
      @Nullable Candidate detected,
      @Nullable Kinds kinds) {
    Vintage vintage = Detector.vintage(yardstick, column);
    LocalDate oldest =
        vintage != null && vintage.years()
            ? LocalDate.of(Integer.parseInt(vintage.points().getFirst()), 1, 1)
            : yardstick.referential().oldestInFiles();
    CodeCheck check = detector.check(yardstick, oldest).knowing(column.counts().keySet());
    return new CheckedColumn(
        column.rank(),
        column.toldName(),
        detected != null && detected.guessed() ? check.asking() : check,
        dateRank,
        required.contains(column.rank()),
        detected,
        kinds);
  }

  // --- Which column, which day ---

  private int rank(String column) {
    OptionalInt rank = findRank(column);
    if (rank.isPresent()) {
      return rank.getAsInt();
    }
    throw ProblemType.UNKNOWN_COLUMN
        .with("column", ProblemType.shorten(column))
        .with(
            "columns",
            sample.columns().stream()
                .limit(50)
                .map(ColumnSample::toldName)
                .map(ProblemType::shorten)
                .toList())
        .exception();
  }

  /** The place of a column by its name, or by {@code #} and its number. */
  private OptionalInt findRank(String column) {
    String name = column.strip();
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equals(name)) {
        return OptionalInt.of(i);
      }
    }
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equalsIgnoreCase(name)) {
        return OptionalInt.of(i);
      }
    }
    if (name.startsWith("#") && name.length() < 7 && Reading.isNumber(name.substring(1))) {
      int number = Integer.parseInt(name.substring(1));
      if (number >= 1 && number <= header.size()) {
        return OptionalInt.of(number - 1);
      }
    }
    return OptionalInt.empty();
  }

  /**
   * The day that counts.
   *
   * @param date a day; null where none is said
   * @param edition an edition; null where none is said
   * @param rank the place of the column with the day of each row; -1 where there is none
   */
  private record When(@Nullable LocalDate date, @Nullable String edition, int rank) {}

  private When when() {
    String said = request.date();
    if (said == null) {
      return new When(null, null, -1);
    }
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).equalsIgnoreCase(said.strip())) {
        return new When(null, null, i);
      }
    }
    return Reference.parse("x@" + said)
        .map(reference -> new When(reference.date(), reference.edition(), -1))
        .orElseThrow(
            () ->
                ProblemType.invalid(
                    "date",
                    new Text(
                        "une date (2021-01-01), une édition (2021) ou une colonne du fichier",
                        "a date (2021-01-01), an edition (2021) or a column of the file")));
  }

  private Yardstick declared(Reference reference, When when) {
    Catalog catalog = detector.registry().catalog();
    Optional<Referential> referential = catalog.findReferential(reference.referential());
    boolean unloaded =
        referential.isPresent()
            && referential.get().partial()
            && catalog.findLatest(referential.get().id()).isEmpty();
    if (unloaded) {
      return detector.yardstick(referential.get());
    }
    Reference said = reference;
    if (reference.edition() == null && reference.date() == null) {
      said = new Reference(reference.referential(), when.edition(), when.date());
    }
    return Yardstick.of(Points.find(detector.registry(), said, detector.today()));
  }

  /** A referential that a column was found to hold, in the edition and on the day that count. */
  private Yardstick detected(Referential referential, ColumnSample column, When when) {
    Optional<Release> said =
        when.edition() == null
            ? Optional.empty()
            : detector.registry().catalog().findRelease(referential.id(), when.edition());
    LocalDate day = when.date() == null ? detector.today() : when.date();
    Yardstick fitting = detector.fitting(referential, column, day);
    Yardstick at =
        said.map(r -> Yardstick.of(fitting.registry(), referential, r, r.head().referenceDate()))
            .orElse(fitting);
    return on(when, at);
  }
}
