package fr.pivot.formats.cog;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Severity;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.ReadOptions;
import fr.pivot.formats.ReleaseTarget;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Coverage;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.ReleaseRows;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Validity;
import fr.pivot.text.Delimited;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One reading of the files of one edition: all of them are read before any release is given. */
final class Reading {

  /** The overseas collectivities: INSEE lists their communes in other files. */
  private static final String OVERSEAS = "^(975|977|978|98)";

  private final Edition edition;
  private final Map<Layout, InputFile> inputs;
  private final Findings findings;
  private final Tables tables;
  private final Validity sinceReference;

  Reading(Edition edition, Map<Layout, InputFile> inputs, ReadOptions options, Findings findings) {
    this.edition = edition;
    this.inputs = inputs;
    this.findings = findings;
    this.tables = new Tables(findings, new Codes(findings, options.repairLeadingZeros()));
    this.sinceReference = Validity.since(edition.referenceDate());
  }

  /** Reads the files and, unless something is wrong, gives the releases. */
  void run(ReleaseTarget target) throws IOException {
    long errors = findings.count(Severity.ERROR);
    List<Commune> communes = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    Map<Layout, List<Tables.Division>> divisions = new EnumMap<>(Layout.class);
    for (Map.Entry<Layout, InputFile> input : inputs.entrySet()) {
      Optional<Delimited> open =
          Delimited.open(input.getValue().name(), input.getValue().content()::open, findings);
      if (open.isEmpty()) {
        continue;
      }
      try (Delimited file = open.get()) {
        switch (input.getKey()) {
          case COMMUNES -> communes.addAll(tables.readCommunes(file));
          case OLD_COMMUNES -> communes.addAll(tables.readOldCommunes(file));
          case EVENTS -> events.addAll(tables.readEvents(file));
          default -> divisions.put(input.getKey(), tables.readDivisions(file, input.getKey()));
        }
      }
    }
    if (findings.count(Severity.ERROR) > errors) {
      return;
    }
    if (inputs.containsKey(Layout.COMMUNES)) {
      Map<Unit, Commune> inForce = new LinkedHashMap<>();
      communes.forEach(c -> inForce.put(c.unit(), c));
      Map<Unit, List<UnitState>> states =
          Histories.build(events, inForce, edition.referenceDate(), findings);
      if (findings.count(Severity.ERROR) > errors) {
        return;
      }
      giveTerritories(target, communes, events, states);
    } else if (inputs.containsKey(Layout.OLD_COMMUNES)) {
      giveSnapshot(target, communes);
    }
    for (Map.Entry<Layout, List<Tables.Division>> kind : divisions.entrySet()) {
      giveDivisions(target, kind.getKey(), kind.getValue());
    }
  }

  private void giveTerritories(
      ReleaseTarget target,
      List<Commune> communes,
      List<Event> events,
      Map<Unit, List<UnitState>> states)
      throws IOException {
    Map<String, ReleaseRows> releases =
        open(
            target,
            List.of(UnitType.COM, UnitType.COMD, UnitType.ARM),
            false,
            sources(Layout.COMMUNES, Layout.EVENTS));
    states.forEach(
        (unit, ofUnit) -> {
          ReleaseRows rows = rows(releases, unit);
          ofUnit.forEach(state -> rows.concept(concept(state)));
        });
    giveLinks(communes, releases);
    Successions.forEach(
        events,
        states,
        (referential, succession) ->
            Objects.requireNonNull(releases.get(referential)).succession(succession));
  }

  /** The old lists know the communes of their day only. */
  private void giveSnapshot(ReleaseTarget target, List<Commune> communes) throws IOException {
    Map<String, ReleaseRows> releases =
        open(target, List.of(UnitType.COM, UnitType.ARM), true, sources(Layout.OLD_COMMUNES));
    for (Commune commune : communes) {
      rows(releases, commune.unit())
          .concept(concept(new UnitState(commune.named(), sinceReference, false)));
    }
    giveLinks(communes, releases);
  }

  private Map<String, ReleaseRows> open(
      ReleaseTarget target, List<UnitType> types, boolean snapshot, List<SourceFile> sources) {
    Map<String, ReleaseRows> releases = new HashMap<>();
    for (UnitType type : types) {
      boolean communes = type == UnitType.COM;
      Set<String> links =
          communes
              ? Set.of("departements", "regions", "arrondissements", "cantons")
              : Set.of(UnitType.COM.referential());
      Coverage coverage =
          new Coverage(snapshot, links, true, false, !snapshot, communes ? OVERSEAS : null);
      releases.put(type.referential(), target.open(head(type.referential(), sources), coverage));
    }
    return releases;
  }

  private static ReleaseRows rows(Map<String, ReleaseRows> releases, Unit unit) {
    return Objects.requireNonNull(releases.get(unit.type().referential()));
  }

  private void giveLinks(List<Commune> communes, Map<String, ReleaseRows> releases) {
    for (Commune commune : communes) {
      String code = commune.unit().code();
      ReleaseRows rows = rows(releases, commune.unit());
      if (commune.unit().type() == UnitType.COM) {
        link(rows, code, "departements", commune.departement());
        link(rows, code, "regions", commune.region());
        link(rows, code, "arrondissements", commune.arrondissement());
        link(rows, code, "cantons", commune.canton());
      } else {
        link(rows, code, UnitType.COM.referential(), commune.parent());
      }
    }
  }

  private static ConceptState concept(UnitState state) {
    String liaison = state.named().liaison();
    return new ConceptState(
        state.unit().code(),
        state.validity(),
        state.unit().type().level(),
        state.named().label(),
        Map.of(),
        liaison.isEmpty() ? Map.of() : Map.of("typeLiaison", liaison),
        state.derived());
  }

  private void giveDivisions(ReleaseTarget target, Layout layout, List<Tables.Division> divisions)
      throws IOException {
    String referential = referential(layout);
    Set<String> links =
        switch (layout) {
          case REGIONS -> Set.of();
          case DEPARTEMENTS -> Set.of("regions");
          default -> Set.of("regions", "departements");
        };
    ReleaseRows rows =
        target.open(
            head(referential, sources(layout)),
            new Coverage(true, links, true, false, false, null));
    for (Tables.Division division : divisions) {
      rows.concept(
          new ConceptState(
              division.code(),
              sinceReference,
              referential.substring(0, referential.length() - 1),
              division.label(),
              Map.of(),
              division.attributes(),
              false));
      new TreeMap<>(division.parents())
          .forEach((parent, code) -> link(rows, division.code(), parent, code));
    }
  }

  private static String referential(Layout layout) {
    return switch (layout) {
      case REGIONS -> "regions";
      case DEPARTEMENTS -> "departements";
      case ARRONDISSEMENTS -> "arrondissements";
      case CANTONS -> "cantons";
      default -> throw new IllegalArgumentException(layout.name());
    };
  }

  private void link(ReleaseRows rows, String code, String referential, @Nullable String target) {
    if (target != null && !target.isEmpty()) {
      rows.link(new Link(code, Relation.BROADER, referential, target, sinceReference, false));
    }
  }

  private ReleaseHead head(String referential, List<SourceFile> sources) {
    return new ReleaseHead(referential, edition.name(), edition.referenceDate(), null, sources);
  }

  private List<SourceFile> sources(Layout... layouts) throws IOException {
    List<SourceFile> sources = new ArrayList<>();
    for (Layout layout : layouts) {
      InputFile input = inputs.get(layout);
      if (input != null) {
        sources.add(input.toSourceFile());
      }
    }
    return sources;
  }
}
