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
import fr.pivot.text.sheet.Delimited;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reading of the files of one edition: all of them are read before any release is given. */
final class Reading {

  /** The codes of the overseas collectivities and of what lies in them, which have files apart. */
  private static final String OVERSEAS = "^(975|977|978|98)";

  /** All other codes. */
  private static final String NOT_OVERSEAS = "^(?!975|977|978|98)";

  private final Edition edition;
  private final Map<Layout, InputFile> inputs;
  private final Findings findings;
  private final Tables tables;
  private final Validity sinceReference;

  /** The files whose digest is known: several releases are made from one. */
  private final Map<Layout, SourceFile> digested = new EnumMap<>(Layout.class);

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
      giveTerritories(target, communes, events, states, divisions);
    } else if (inputs.containsKey(Layout.OLD_COMMUNES)) {
      giveSnapshot(target, communes, divisions);
    }
    giveDivisions(target, divisions);
  }

  private void giveTerritories(
      ReleaseTarget target,
      List<Commune> communes,
      List<Event> events,
      Map<Unit, List<UnitState>> states,
      Map<Layout, List<Tables.Division>> divisions)
      throws IOException {
    Map<String, ReleaseRows> releases =
        open(target, List.of(UnitType.COM, UnitType.COMD, UnitType.ARM), false, communes);
    states.forEach(
        (unit, ofUnit) -> {
          ReleaseRows rows = rows(releases, unit);
          ofUnit.forEach(state -> rows.concept(concept(state)));
        });
    giveLinks(communes, releases);
    giveOverseas(releases, divisions);
    Successions.forEach(
        events,
        states,
        (referential, succession) ->
            Objects.requireNonNull(releases.get(referential)).succession(succession));
  }

  /** The old lists know the communes of their day only. */
  private void giveSnapshot(
      ReleaseTarget target, List<Commune> communes, Map<Layout, List<Tables.Division>> divisions)
      throws IOException {
    Map<String, ReleaseRows> releases =
        open(target, List.of(UnitType.COM, UnitType.ARM), true, communes);
    for (Commune commune : communes) {
      rows(releases, commune.unit())
          .concept(concept(new UnitState(commune.named(), sinceReference, false)));
    }
    giveLinks(communes, releases);
    giveOverseas(releases, divisions);
  }

  /** Gives the communes of the overseas collectivities with the others, where both are read. */
  private void giveOverseas(
      Map<String, ReleaseRows> releases, Map<Layout, List<Tables.Division>> divisions) {
    ReleaseRows rows = Objects.requireNonNull(releases.get(UnitType.COM.referential()));
    divisions
        .getOrDefault(Layout.OVERSEAS_COMMUNES, List.of())
        .forEach(commune -> give(rows, UnitType.COM.referential(), commune));
    divisions.remove(Layout.OVERSEAS_COMMUNES);
  }

  private Map<String, ReleaseRows> open(
      ReleaseTarget target, List<UnitType> types, boolean snapshot, List<Commune> listed)
      throws IOException {
    Map<String, ReleaseRows> releases = new HashMap<>();
    for (UnitType type : types) {
      boolean communes = type == UnitType.COM;
      Set<String> links = communes ? above(listed) : Set.of(UnitType.COM.referential());
      List<SourceFile> sources =
          communes
              ? sources(
                  Layout.COMMUNES, Layout.OLD_COMMUNES, Layout.EVENTS, Layout.OVERSEAS_COMMUNES)
              : sources(Layout.COMMUNES, Layout.OLD_COMMUNES, Layout.EVENTS);
      Coverage coverage =
          new Coverage(snapshot, links, true, false, !snapshot, communes ? OVERSEAS : null);
      releases.put(type.referential(), target.open(head(type.referential(), sources), coverage));
    }
    return releases;
  }

  /** The divisions above the communes that the list tells: not all editions have all columns. */
  private static Set<String> above(List<Commune> communes) {
    Set<String> links = new HashSet<>();
    communes.stream()
        .filter(commune -> commune.unit().type() == UnitType.COM)
        .forEach(commune -> links.addAll(above(commune).keySet()));
    return links;
  }

  private static Map<String, String> above(Commune commune) {
    Map<String, String> above = new LinkedHashMap<>();
    put(above, "departements", commune.departement());
    put(above, "regions", commune.region());
    put(above, "arrondissements", commune.arrondissement());
    put(above, "cantons", commune.canton());
    put(above, "ctcd", commune.collectivity());
    return above;
  }

  private static void put(Map<String, String> above, String referential, String code) {
    if (!code.isEmpty()) {
      above.put(referential, code);
    }
  }

  private static ReleaseRows rows(Map<String, ReleaseRows> releases, Unit unit) {
    return Objects.requireNonNull(releases.get(unit.type().referential()));
  }

  private void giveLinks(List<Commune> communes, Map<String, ReleaseRows> releases) {
    for (Commune commune : communes) {
      String code = commune.unit().code();
      ReleaseRows rows = rows(releases, commune.unit());
      if (commune.unit().type() == UnitType.COM) {
        above(commune).forEach((referential, target) -> link(rows, code, referential, target));
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

  /** Gives a release of each referential that files of one day list. */
  private void giveDivisions(ReleaseTarget target, Map<Layout, List<Tables.Division>> divisions)
      throws IOException {
    for (String referential :
        List.of("regions", "departements", "arrondissements", "cantons", "ctcd", "communes")) {
      List<Layout> layouts =
          divisions.keySet().stream().filter(l -> lists(l).contains(referential)).toList();
      if (!layouts.isEmpty()) {
        ReleaseRows rows =
            target.open(
                head(referential, sources(layouts.toArray(Layout[]::new))),
                new Coverage(true, parents(referential), true, false, false, uncovered(layouts)));
        layouts.forEach(
            layout ->
                divisions.getOrDefault(layout, List.of()).forEach(d -> give(rows, referential, d)));
      }
    }
  }

  private void give(ReleaseRows rows, String referential, Tables.Division division) {
    rows.concept(
        new ConceptState(
            division.code(),
            sinceReference,
            division.level(),
            division.label(),
            Map.of(),
            division.attributes(),
            false));
    parents(referential).stream()
        .sorted()
        .forEach(parent -> link(rows, division.code(), parent, division.parents().get(parent)));
  }

  /** The referentials of which a layout lists codes. */
  private static List<String> lists(Layout layout) {
    return switch (layout) {
      case REGIONS -> List.of("regions");
      case DEPARTEMENTS -> List.of("departements");
      case ARRONDISSEMENTS -> List.of("arrondissements");
      case CANTONS -> List.of("cantons");
      case COLLECTIVITIES -> List.of("ctcd");
      case OVERSEAS_COLLECTIVITIES -> List.of("regions", "departements");
      case OVERSEAS_COMMUNES -> List.of("communes");
      default -> List.of();
    };
  }

  private static Set<String> parents(String referential) {
    return switch (referential) {
      case "regions" -> Set.of();
      case "departements", "ctcd" -> Set.of("regions");
      default -> Set.of("regions", "departements");
    };
  }

  /** What the files of a referential never list. */
  private static @Nullable String uncovered(List<Layout> layouts) {
    boolean overseas =
        layouts.contains(Layout.OVERSEAS_COLLECTIVITIES)
            || layouts.contains(Layout.OVERSEAS_COMMUNES);
    if (overseas) {
      return layouts.size() == 1 ? NOT_OVERSEAS : null;
    }
    return layouts.contains(Layout.REGIONS) || layouts.contains(Layout.DEPARTEMENTS)
        ? OVERSEAS
        : null;
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
      SourceFile known = digested.get(layout);
      if (input != null && known == null) {
        known = input.toSourceFile();
        digested.put(layout, known);
      }
      if (known != null) {
        sources.add(known);
      }
    }
    return sources;
  }
}
