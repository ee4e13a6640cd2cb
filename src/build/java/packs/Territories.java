package packs;

import static fr.pivot.referential.SuccessionKind.CEASED;
import static fr.pivot.referential.SuccessionKind.CREATED;
import static fr.pivot.referential.SuccessionKind.MERGED;
import static fr.pivot.referential.SuccessionKind.MOVED;
import static fr.pivot.referential.SuccessionKind.RECODED;
import static fr.pivot.referential.SuccessionKind.RENAMED;
import static fr.pivot.referential.SuccessionKind.RESTORED;
import static fr.pivot.referential.SuccessionKind.SPLIT;

import fr.pivot.publishing.PackWriter;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Validity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The French territories, edition after edition. Each edition's pack is a full statement: all that
 * was ever known up to it. What the editions since 2019 change is dated on the reference day of the
 * first one that shows it and marked as derived.
 */
final class Territories {

  private static final String COMMUNES = CommuneGraph.COMMUNES;
  private static final String DELEGUEES = CommuneGraph.DELEGUEES;
  private static final String POPULATION = "population";

  /** What the editions' files say, reduced to what is needed of the edition before. */
  private static final class Snapshot {
    final Map<String, Json> communes = new TreeMap<>();
    final Map<String, Json> deleguees = new TreeMap<>();
    final Map<String, Json> arrondissementsMunicipaux = new TreeMap<>();
    final Map<String, String> sirenOfCommune = new TreeMap<>();
    final List<Json> epci = new ArrayList<>();
    final List<Json> ept = new ArrayList<>();
  }

  private final Path referentials;
  private final History regionHistory;
  private final History departementHistory;
  private final CommuneHistory communeHistory;
  private Timeline departements = new Timeline();
  private List<History.Membership> memberships = List.of();
  private final Map<String, PackWriter> writers = new TreeMap<>();
  private String lastEdition = "";
  private final List<SourceFile> sources = new ArrayList<>();

  private final Timeline communes = new Timeline();
  private final LinkTimeline communeLinks = new LinkTimeline();
  private final SuccessionSet communeSuccessions = new SuccessionSet();
  private final Timeline deleguees = new Timeline();
  private final LinkTimeline delegueeLinks = new LinkTimeline();
  private final SuccessionSet delegueeSuccessions = new SuccessionSet();
  private final Timeline arrondissementsMunicipaux = new Timeline();
  private final LinkTimeline arrondissementMunicipalLinks = new LinkTimeline();
  private final Timeline arrondissements = new Timeline();
  private final LinkTimeline arrondissementLinks = new LinkTimeline();
  private final Timeline epci = new Timeline();
  private final SuccessionSet epciSuccessions = new SuccessionSet();
  private final Timeline ept = new Timeline();
  private final Timeline postalCodes = new Timeline();
  private final LinkTimeline postalLinks = new LinkTimeline();
  private final Timeline siren = new Timeline();
  private final LinkTimeline sirenLinks = new LinkTimeline();
  private final SuccessionSet sirenSuccessions = new SuccessionSet();
  private @Nullable Snapshot before;

  Territories(Path referentials) throws IOException {
    this.referentials = referentials;
    regionHistory = History.read(referentials, "regions");
    departementHistory = History.read(referentials, "departements");
    communeHistory = CommuneHistory.read(referentials);
  }

  /** Writes one pack a referential, with all its editions. */
  void write(List<Edition> editions) throws IOException {
    lastEdition = editions.getLast().name();
    for (Edition edition : editions) {
      sources.add(edition.source());
      Snapshot now = read(edition);
      departements(edition);
      communes(edition, now);
      deleguees(edition, now);
      arrondissementsMunicipaux(edition, now);
      arrondissements(edition);
      epci(edition, now);
      ept(edition, now);
      postalCodes(edition, now);
      siren(edition, now);
      before = now;
    }
    for (PackWriter writer : writers.values()) {
      writer.finish();
    }
  }

  private void add(Pack pack, Edition edition) {
    PackWriter writer = writers.get(pack.referential());
    if (writer == null) {
      writers.put(pack.referential(), pack.writer(edition.name() + "-" + lastEdition));
    } else {
      pack.addTo(writer);
    }
  }

  static Seen commune(String label, @Nullable String typeLiaison) {
    return Seen.of(
        "commune", label, typeLiaison == null ? Map.of() : Map.of("typeLiaison", typeLiaison));
  }

  private Pack pack(String referential, Edition edition) throws IOException {
    return new Pack(
        referentials,
        referential,
        edition.name(),
        edition.day(),
        edition.issued(),
        List.copyOf(sources));
  }

  private Snapshot read(Edition edition) throws IOException {
    Snapshot now = new Snapshot();
    for (Json json : edition.read("communes")) {
      switch (json.text("type")) {
        case "commune-actuelle" -> now.communes.put(json.text("code"), json);
        case "commune-deleguee", "commune-associee" -> now.deleguees.put(json.text("code"), json);
        case "arrondissement-municipal" ->
            now.arrondissementsMunicipaux.put(json.text("code"), json);
        default -> throw new IllegalStateException("unknown type: " + json);
      }
    }
    now.epci.addAll(edition.read("epci"));
    if (edition.has("ept")) {
      now.ept.addAll(edition.read("ept"));
    }
    for (Json group : now.epci) {
      for (Json member : group.objects("membres")) {
        now.sirenOfCommune.put(member.text("code"), member.text("siren"));
      }
    }
    now.communes.forEach(
        (code, json) -> {
          if (json.has("siren")) {
            now.sirenOfCommune.put(code, json.text("siren"));
          }
        });
    now.sirenOfCommune.values().removeIf(s -> !isSound(s, edition));
    return now;
  }

  private static boolean isSound(String siren, Edition edition) {
    if (siren.length() == 9 && Luhn.isValid(siren)) {
      return true;
    }
    System.out.println("dropped in edition " + edition.name() + ": SIREN " + siren);
    return false;
  }

  // Départements and regions

  /** Writes both, with what public law did to them before the edition. */
  private void departements(Edition edition) throws IOException {
    Map<String, Seen> listed = divisions(edition, "regions", "region");
    Timeline regions = regionHistory.states(listed);
    add(
        pack("regions", edition, regionHistory)
            .states(regions.toStates())
            .successions(regionHistory.successions(listed)),
        edition);

    Map<String, String> regionOf = new TreeMap<>();
    for (Json json : edition.read("departements")) {
      regionOf.put(json.text("code"), json.text("region"));
    }
    listed = divisions(edition, "departements", "departement");
    departements = departementHistory.states(listed);
    memberships = regionHistory.memberships(regions.lives(), regionOf);
    List<Link> links = new ArrayList<>();
    departements.lives().forEach((code, runs) -> regions(links, code, code, runs, false));
    add(
        pack("departements", edition, departementHistory, regionHistory)
            .states(departements.toStates())
            .links(links)
            .successions(departementHistory.successions(listed)),
        edition);
  }

  private Pack pack(String referential, Edition edition, History... histories) throws IOException {
    List<SourceFile> files = new ArrayList<>(List.of(edition.source()));
    for (History history : histories) {
      files.add(history.source());
    }
    return new Pack(
        referentials, referential, edition.name(), edition.day(), edition.issued(), files);
  }

  private static Map<String, Seen> divisions(Edition edition, String file, String level)
      throws IOException {
    Map<String, Seen> listed = new TreeMap<>();
    for (Json json : edition.read(file)) {
      listed.put(
          json.text("code"),
          Seen.of(level(json, level), json.text("nom"), Map.of("chefLieu", json.text("chefLieu"))));
    }
    return listed;
  }

  private static String level(Json json, String level) {
    return "com".equals(json.optional("zone")) ? "collectivite" : level;
  }

  // Communes

  private void communes(Edition edition, Snapshot now) throws IOException {
    Map<String, Seen> seen = new TreeMap<>();
    now.communes.forEach(
        (code, json) -> seen.put(code, commune(json.text("nom"), json.optional("typeLiaison"))));
    if (before == null) {
      CommuneGraph graph = CommuneGraph.read(edition.folder().resolve("historique-communes.json"));
      graph.communes(communes);
      graph.deleguees(deleguees, delegueeLinks);
      communeHistory.successions(communeSuccessions);
      graph.successions(communeSuccessions, delegueeSuccessions);
      overseas(seen);
      communeHistory.begin(communes);
    } else {
      successions(edition.day(), before, now);
    }
    communes.advance(seen, edition.day(), (a, b) -> !a.label().equals(b.label()));

    Set<LinkTimeline.Key> links = new HashSet<>();
    now.communes.forEach(
        (code, json) -> {
          String arrondissement = json.optional("arrondissement");
          if (arrondissement != null) {
            links.add(broader(code, "arrondissements", arrondissement));
          }
          for (String postal : json.texts("codesPostaux")) {
            links.add(related(code, "codes-postaux", postal));
          }
        });
    now.sirenOfCommune.forEach((code, number) -> links.add(related(code, "siren", number)));
    members(now.epci, (code, group) -> links.add(broader(code, "epci", group)));
    members(now.ept, (code, group) -> links.add(broader(code, "ept", group)));
    if (before == null) {
      links.forEach(k -> communeLinks.add(k, edition.day(), null, true));
    } else {
      communeLinks.advance(links, edition.day());
    }

    List<SourceFile> files = new ArrayList<>(sources);
    files.add(communeHistory.source());
    Pack pack =
        new Pack(referentials, COMMUNES, edition.name(), edition.day(), edition.issued(), files)
            .states(communes.toStates())
            .links(communeLinks.toLinks())
            .links(administrative())
            .successions(communeSuccessions.all());
    now.communes.forEach(
        (code, json) -> {
          Seen state = communes.find(code, edition.day());
          if (state == null || !state.label().equals(json.text("nom"))) {
            throw new IllegalStateException(code + " is not in force in " + edition.name());
          }
          if (json.has("population")) {
            pack.measure(code, POPULATION, json.number("population"));
          }
        });
    add(pack, edition);
  }

  /**
   * Adds the communes that the history leaves out: those overseas that are not in a département.
   */
  private void overseas(Map<String, Seen> seen) {
    Map<String, LocalDate> beginnings = new HashMap<>();
    for (CuratedFacts.FormerCommune former : CuratedFacts.FORMER_COMMUNES) {
      communes.add(
          former.code(), CuratedFacts.COMMUNES_HORIZON, former.end(), commune(former.label(), "0"));
      communeSuccessions.add(
          former.end(), former.code(), COMMUNES, former.codeAfter(), RECODED, null, false);
      beginnings.put(former.codeAfter(), former.end());
    }
    seen.forEach(
        (code, commune) -> {
          if (!communes.knows(code)) {
            communes.add(
                code, beginnings.getOrDefault(code, CuratedFacts.COMMUNES_HORIZON), null, commune);
          }
        });
  }

  /** The links of communes to their département, which their code tells, and to its region. */
  private List<Link> administrative() {
    List<Link> links = new ArrayList<>();
    Map<String, List<Validity>> lives = departements.lives();
    communes
        .lives()
        .forEach(
            (code, runs) -> {
              String departement =
                  code.substring(0, code.startsWith("97") || code.startsWith("98") ? 3 : 2);
              for (Validity life : lives.getOrDefault(departement, List.of())) {
                runs.forEach(run -> add(links, code, "departements", departement, life, run, true));
              }
              regions(links, code, departement, runs, true);
            });
    return links;
  }

  /** Links a département, or what lies in one, to the regions that it lay in. */
  private void regions(
      List<Link> links, String code, String departement, List<Validity> runs, boolean derived) {
    List<Validity> lives = departements.lives().getOrDefault(departement, List.of());
    for (History.Membership membership : memberships) {
      if (membership.member().equals(departement)) {
        for (Validity life : lives) {
          for (Validity run : runs) {
            Validity both = common(membership.validity(), life);
            if (both != null) {
              add(links, code, "regions", membership.code(), both, run, derived);
            }
          }
        }
      }
    }
  }

  private static void add(
      List<Link> links,
      String code,
      String referential,
      String target,
      Validity one,
      Validity other,
      boolean derived) {
    Validity both = common(one, other);
    if (both != null) {
      links.add(new Link(code, Relation.BROADER, referential, target, both, derived));
    }
  }

  /** The days that two stretches of time have in common; null where they have none. */
  private static @Nullable Validity common(Validity one, Validity other) {
    return one.overlaps(other)
        ? new Validity(latest(one.from(), other.from()), earliest(one.to(), other.to()))
        : null;
  }

  /** What the codes of the edition before became in this one. */
  private void successions(LocalDate day, Snapshot old, Snapshot now) {
    Map<String, String> seats = new HashMap<>();
    Map<String, List<String>> byFormerCode = new HashMap<>();
    now.communes.forEach(
        (code, json) ->
            json.texts("anciensCodes")
                .forEach(c -> byFormerCode.computeIfAbsent(c, x -> new ArrayList<>()).add(code)));
    Set<String> recoded = new HashSet<>();

    // Codes that end.
    for (String code : new TreeSet<>(old.communes.keySet())) {
      if (now.communes.containsKey(code)) {
        continue;
      }
      Json part = now.deleguees.get(code);
      List<String> wholes =
          part != null
              ? List.of(part.text("chefLieu"))
              : byFormerCode.getOrDefault(code, List.of());
      if (wholes.isEmpty()) {
        derived(communeSuccessions, day, code, null, CEASED);
      }
      for (String whole : wholes) {
        boolean isNew = !old.communes.containsKey(whole);
        boolean sameUnit =
            isNew
                && (label(now.communes, whole).equals(label(old.communes, code))
                    || (part != null && isPartOf(old, whole, code)));
        derived(communeSuccessions, day, code, whole, sameUnit ? RECODED : MERGED);
        if (sameUnit) {
          recoded.add(whole);
          seats.put(code, whole);
        } else if (!isNew) {
          derived(communeSuccessions, day, whole, whole, MERGED);
        }
      }
      if (part != null) {
        communeSuccessions.add(day, code, DELEGUEES, code, MOVED, null, true);
      }
    }

    // Codes that begin.
    for (String code : now.communes.keySet()) {
      if (old.communes.containsKey(code) || recoded.contains(code)) {
        continue;
      }
      Json part = old.deleguees.get(code);
      String whole = part == null ? null : part.text("chefLieu");
      if (whole == null) {
        if (!communeSuccessions.hasTo(day, COMMUNES, code)) {
          communeSuccessions.add(day, null, COMMUNES, code, CREATED, null, true);
        }
      } else {
        // A seat that moves inside a commune leaves the part of that name where it was.
        boolean isSeat = now.deleguees.containsKey(code);
        derived(communeSuccessions, day, whole, code, isSeat ? SPLIT : RESTORED);
        if (now.communes.containsKey(whole)) {
          derived(communeSuccessions, day, whole, whole, SPLIT);
        }
      }
    }

    // Codes that go on.
    for (String code : now.communes.keySet()) {
      if (!old.communes.containsKey(code)) {
        continue;
      }
      if (now.deleguees.containsKey(code)
          && !old.deleguees.containsKey(code)
          && now.deleguees.get(code).text("chefLieu").equals(code)) {
        derived(communeSuccessions, day, code, code, MERGED);
        communeSuccessions.add(day, code, DELEGUEES, code, MOVED, null, true);
      }
      if (!label(old.communes, code).equals(label(now.communes, code))
          && !communeSuccessions.hasFrom(day, code)) {
        derived(communeSuccessions, day, code, code, RENAMED);
      }
    }

    delegueeSuccessions(day, old, now, seats);
  }

  private void delegueeSuccessions(
      LocalDate day, Snapshot old, Snapshot now, Map<String, String> seats) {
    for (String code : old.deleguees.keySet()) {
      Json part = old.deleguees.get(code);
      Json after = now.deleguees.get(code);
      String whole = part.text("chefLieu");
      if (after == null) {
        boolean appears = now.communes.containsKey(code) && !old.communes.containsKey(code);
        boolean takesItsNameBack =
            now.communes.containsKey(code)
                && old.communes.containsKey(code)
                && label(now.communes, code).equals(part.text("nom"))
                && !label(old.communes, code).equals(part.text("nom"));
        if ((appears && !seats.containsValue(code)) || takesItsNameBack) {
          delegueeSuccessions.add(day, code, COMMUNES, code, RESTORED, null, true);
        } else {
          for (String heir : heirs(day, whole, now)) {
            delegueeSuccessions.add(day, code, COMMUNES, heir, MERGED, null, true);
          }
        }
      } else if (!after.text("nom").equals(part.text("nom"))) {
        delegueeSuccessions.add(day, code, DELEGUEES, code, RENAMED, null, true);
      } else if (!after.text("type").equals(part.text("type"))
          || !after.text("chefLieu").equals(whole)) {
        delegueeSuccessions.add(day, code, DELEGUEES, code, MOVED, null, true);
      }
    }
    for (String code : now.deleguees.keySet()) {
      if (!old.deleguees.containsKey(code)
          && !(old.communes.containsKey(code)
              && (!now.communes.containsKey(code)
                  || now.deleguees.get(code).text("chefLieu").equals(code)))) {
        delegueeSuccessions.add(day, null, DELEGUEES, code, CREATED, null, true);
      }
    }
  }

  /** The communes that a commune is or became on a day. */
  private List<String> heirs(LocalDate day, String code, Snapshot now) {
    if (now.communes.containsKey(code)) {
      return List.of(code);
    }
    return communeSuccessions.all().stream()
        .filter(s -> s.date().equals(day) && code.equals(s.code()))
        .filter(s -> s.referentialAfter().equals(COMMUNES))
        .map(Succession::codeAfter)
        .filter(Objects::nonNull)
        .toList();
  }

  private static boolean isPartOf(Snapshot snapshot, String part, String whole) {
    Json json = snapshot.deleguees.get(part);
    return json != null && json.text("chefLieu").equals(whole);
  }

  private static String label(Map<String, Json> units, String code) {
    return units.get(code).text("nom");
  }

  private static void derived(
      SuccessionSet set, LocalDate day, String code, @Nullable String after, SuccessionKind kind) {
    set.add(day, code, COMMUNES, after, kind, null, true);
  }

  // What is within communes

  private void deleguees(Edition edition, Snapshot now) throws IOException {
    Map<String, Seen> seen = new TreeMap<>();
    Set<LinkTimeline.Key> links = new HashSet<>();
    now.deleguees.forEach(
        (code, json) -> {
          boolean isDeleguee = json.text("type").equals("commune-deleguee");
          seen.put(code, Seen.of(isDeleguee ? "deleguee" : "associee", json.text("nom")));
          links.add(broader(code, COMMUNES, json.text("chefLieu")));
        });
    deleguees.advance(seen, edition.day(), (a, b) -> !a.equals(b));
    delegueeLinks.advance(links, edition.day());
    add(
        pack(DELEGUEES, edition)
            .states(deleguees.toStates())
            .links(delegueeLinks.toLinks())
            .successions(delegueeSuccessions.all()),
        edition);
  }

  private void arrondissementsMunicipaux(Edition edition, Snapshot now) throws IOException {
    LocalDate horizon = CuratedFacts.ARRONDISSEMENTS_MUNICIPAUX_HORIZON;
    Set<LinkTimeline.Key> links = new HashSet<>();
    Map<String, Seen> seen = new TreeMap<>();
    List<Link> stable = new ArrayList<>();
    now.arrondissementsMunicipaux.forEach(
        (code, json) -> {
          String departement = json.text("departement");
          seen.put(code, Seen.of("arrondissement-municipal", json.text("nom")));
          stable.add(link(code, COMMUNES, json.text("commune"), horizon));
          stable.add(link(code, "departements", departement, horizon));
          regions(stable, code, departement, List.of(Validity.since(horizon)), true);
          json.texts("codesPostaux").forEach(p -> links.add(related(code, "codes-postaux", p)));
        });
    if (before == null) {
      seen.forEach((code, s) -> arrondissementsMunicipaux.add(code, horizon, null, s));
    }
    arrondissementsMunicipaux.advance(seen, edition.day(), (a, b) -> !a.label().equals(b.label()));
    arrondissementMunicipalLinks.advance(links, edition.day());
    Pack pack =
        pack("arrondissements-municipaux", edition)
            .states(arrondissementsMunicipaux.toStates())
            .links(stable)
            .links(arrondissementMunicipalLinks.toLinks());
    now.arrondissementsMunicipaux.forEach(
        (code, json) -> pack.measure(code, POPULATION, json.number("population")));
    add(pack, edition);
  }

  private void arrondissements(Edition edition) throws IOException {
    Map<String, Seen> seen = new TreeMap<>();
    Set<LinkTimeline.Key> links = new HashSet<>();
    for (Json json : edition.read("arrondissements")) {
      String code = json.text("code");
      seen.put(
          code,
          Seen.of("arrondissement", json.text("nom"), Map.of("chefLieu", json.text("chefLieu"))));
      links.add(broader(code, "departements", json.text("departement")));
      links.add(broader(code, "regions", json.text("region")));
    }
    first(arrondissements, seen, edition);
    arrondissements.advance(seen, edition.day(), (a, b) -> !a.equals(b));
    arrondissementLinks.advance(links, edition.day());
    add(
        pack("arrondissements", edition)
            .states(arrondissements.toStates())
            .links(arrondissementLinks.toLinks()),
        edition);
  }

  // Groups of communes

  private void epci(Edition edition, Snapshot now) throws IOException {
    first(epci, groups(now.epci), edition);
    epci.advance(groups(now.epci), edition.day(), (a, b) -> !a.equals(b));
    if (before != null) {
      epciSuccessions(edition.day(), before, now);
    }
    Pack pack = pack("epci", edition).states(epci.toStates()).successions(epciSuccessions.all());
    figures(now.epci, pack);
    add(pack, edition);
  }

  private void ept(Edition edition, Snapshot now) throws IOException {
    if (now.ept.isEmpty()) {
      return;
    }
    if (before != null && before.ept.isEmpty()) {
      groups(now.ept).forEach((code, seen) -> ept.add(code, edition.day(), null, seen));
    }
    ept.advance(groups(now.ept), edition.day(), (a, b) -> !a.equals(b));
    Pack pack =
        new Pack(
                referentials,
                "ept",
                edition.name(),
                edition.day(),
                edition.issued(),
                sources.stream()
                    .filter(s -> sources.indexOf(s) > 2) // the package has them from 2023 on
                    .toList())
            .states(ept.toStates());
    figures(now.ept, pack);
    add(pack, edition);
  }

  private static Map<String, Seen> groups(List<Json> groups) {
    Map<String, Seen> seen = new TreeMap<>();
    for (Json json : groups) {
      Map<String, String> attributes = new HashMap<>();
      attributes.put("nature", json.text("type"));
      String financing = json.optional("modeFinancement");
      if (financing != null) {
        attributes.put("modeFinancement", financing);
      }
      String level = json.text("type").equals("EPT") ? "ept" : "epci";
      seen.put(json.text("code"), Seen.of(level, json.text("nom"), attributes));
    }
    return seen;
  }

  private static void figures(List<Json> groups, Pack pack) {
    for (Json json : groups) {
      pack.measure(json.text("code"), POPULATION, json.number("populationMunicipale"));
      pack.measure(json.text("code"), "populationTotale", json.number("populationTotale"));
    }
  }

  /** What the EPCI of the edition before became, told by where their members went. */
  private void epciSuccessions(LocalDate day, Snapshot old, Snapshot now) {
    Map<String, String> groupNow = new HashMap<>();
    members(now.epci, groupNow::put);
    Map<String, Set<String>> was = new TreeMap<>();
    Map<String, Set<String>> is = new TreeMap<>();
    members(old.epci, (code, group) -> was.computeIfAbsent(group, g -> new TreeSet<>()).add(code));
    members(now.epci, (code, group) -> is.computeIfAbsent(group, g -> new TreeSet<>()).add(code));
    for (var entry : was.entrySet()) {
      String code = entry.getKey();
      if (is.containsKey(code)) {
        continue;
      }
      Set<String> heirs = new LinkedHashSet<>();
      entry
          .getValue()
          .forEach(
              c -> {
                if (groupNow.get(c) != null) {
                  heirs.add(groupNow.get(c));
                }
              });
      for (String heir : heirs) {
        boolean sameUnit =
            heirs.size() == 1
                && !was.containsKey(heir)
                && entry.getValue().containsAll(Objects.requireNonNull(is.get(heir)));
        epciSuccessions.add(
            day,
            code,
            "epci",
            heir,
            sameUnit ? RECODED : heirs.size() == 1 ? MERGED : SPLIT,
            null,
            true);
        if (heirs.size() == 1 && was.containsKey(heir)) {
          epciSuccessions.add(day, heir, "epci", heir, MERGED, null, true);
        }
      }
    }
    for (String code : is.keySet()) {
      if (!was.containsKey(code) && !epciSuccessions.hasTo(day, "epci", code)) {
        epciSuccessions.add(day, null, "epci", code, CREATED, null, true);
      }
    }
  }

  // Postal codes and legal units

  private void postalCodes(Edition edition, Snapshot now) throws IOException {
    Map<String, Json> largest = new TreeMap<>();
    Set<LinkTimeline.Key> links = new HashSet<>();
    Comparator<Json> byPopulation =
        Comparator.comparingLong((Json c) -> c.has(POPULATION) ? c.number(POPULATION) : -1)
            .thenComparing(c -> c.text("code"), Comparator.reverseOrder());
    now.communes.forEach(
        (code, json) -> {
          for (String postal : json.texts("codesPostaux")) {
            largest.merge(postal, json, (a, b) -> byPopulation.compare(a, b) >= 0 ? a : b);
            links.add(related(postal, COMMUNES, code));
          }
        });
    now.arrondissementsMunicipaux.forEach(
        (code, json) -> {
          for (String postal : json.texts("codesPostaux")) {
            largest.putIfAbsent(postal, json);
            links.add(related(postal, "arrondissements-municipaux", code));
          }
        });
    Map<String, Seen> seen = new TreeMap<>();
    largest.forEach((postal, json) -> seen.put(postal, Seen.of("code-postal", json.text("nom"))));
    first(postalCodes, seen, edition);
    postalCodes.advance(seen, edition.day(), (a, b) -> !a.equals(b));
    postalLinks.advance(links, edition.day());
    add(
        pack("codes-postaux", edition).states(postalCodes.toStates()).links(postalLinks.toLinks()),
        edition);
  }

  private void siren(Edition edition, Snapshot now) throws IOException {
    Map<String, Seen> seen = new TreeMap<>();
    Set<LinkTimeline.Key> links = new HashSet<>();
    now.sirenOfCommune.forEach(
        (code, number) -> {
          if (seen.put(number, Seen.of("commune", label(now.communes, code))) != null) {
            throw new IllegalStateException("SIREN of two units: " + number);
          }
          links.add(related(number, COMMUNES, code));
        });
    for (Json json : now.epci) {
      seen.put(json.text("code"), Seen.of("epci", json.text("nom")));
      links.add(related(json.text("code"), "epci", json.text("code")));
    }
    for (Json json : now.ept) {
      seen.put(json.text("code"), Seen.of("ept", json.text("nom")));
      links.add(related(json.text("code"), "ept", json.text("code")));
    }
    first(siren, seen, edition);
    siren.advance(seen, edition.day(), (a, b) -> !a.equals(b));
    sirenLinks.advance(links, edition.day());
    if (before != null) {
      sirenSuccessions(edition.day(), before.sirenOfCommune, now.sirenOfCommune);
    }
    add(
        pack("siren", edition)
            .states(siren.toStates())
            .links(sirenLinks.toLinks())
            .successions(sirenSuccessions.all()),
        edition);
  }

  /** The legal units that took the place of others as the same commune. */
  private void sirenSuccessions(LocalDate day, Map<String, String> old, Map<String, String> now) {
    Set<String> inOld = Set.copyOf(old.values());
    Set<String> inNow = Set.copyOf(now.values());
    old.forEach(
        (commune, number) -> {
          String after = now.get(commune);
          if (after != null && !inNow.contains(number)) {
            sirenSuccessions.add(
                day, number, "siren", after, inOld.contains(after) ? MERGED : RECODED, null, true);
          }
        });
  }

  // Small things

  private interface Membership {
    void accept(String commune, String group);
  }

  private static void members(Collection<Json> groups, Membership membership) {
    for (Json group : groups) {
      for (Json member : group.objects("membres")) {
        membership.accept(member.text("code"), group.text("code"));
      }
    }
  }

  /** The first edition's codes are known from its reference day, which is the horizon. */
  private void first(Timeline timeline, Map<String, Seen> seen, Edition edition) {
    if (before == null) {
      seen.forEach((code, s) -> timeline.add(code, edition.day(), null, s));
    }
  }

  private static LinkTimeline.Key broader(String code, String referential, String target) {
    return new LinkTimeline.Key(code, Relation.BROADER, referential, target);
  }

  private static LinkTimeline.Key related(String code, String referential, String target) {
    return new LinkTimeline.Key(code, Relation.RELATED, referential, target);
  }

  private static Link link(String code, String referential, String target, LocalDate from) {
    return new Link(code, Relation.BROADER, referential, target, Validity.since(from), true);
  }

  private static @Nullable LocalDate latest(@Nullable LocalDate a, @Nullable LocalDate b) {
    if (a == null) {
      return b;
    }
    return b == null || a.isAfter(b) ? a : b;
  }

  private static @Nullable LocalDate earliest(@Nullable LocalDate a, @Nullable LocalDate b) {
    if (a == null) {
      return b;
    }
    return b == null || a.isBefore(b) ? a : b;
  }
}
