package fr.pivot.registry.memory;

import fr.pivot.catalog.Catalog;
import fr.pivot.catalog.Release;
import fr.pivot.referential.CheckRule;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Kind;
import fr.pivot.referential.Level;
import fr.pivot.referential.Link;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Measure;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Relation;
import fr.pivot.referential.ReleaseHead;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Succession;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.referential.Text;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Registry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A handful of real codes (INSEE's geographical code of 2023 and 2026, NAF rév. 2) that show every
 * kind of answer, and one made-up referential of codes that are hard to write in an address.
 */
public final class SampleRegistry {

  private static long releases;

  private SampleRegistry() {}

  /** The registry. */
  public static Registry registry() {
    Referential departements =
        referential("departements", Kind.TERRITORY, "01", List.of("departement"), List.of());
    Referential epci = referential("epci", Kind.TERRITORY, "240100883", List.of("epci"), List.of());
    Referential postal =
        referential("codes-postaux", Kind.TERRITORY, "01500", List.of("code-postal"), List.of());
    Referential communes =
        referential(
            "communes",
            Kind.TERRITORY,
            "01004",
            List.of("commune"),
            List.of(
                new LinkType(Relation.BROADER, "departements", "departement", false, false),
                new LinkType(Relation.BROADER, "epci", "epci", false, false),
                new LinkType(Relation.RELATED, "codes-postaux", "codesPostaux", true, false)));
    Referential naf =
        referential(
            "naf",
            Kind.NOMENCLATURE,
            "62.01Z",
            List.of("section", "division", "group", "class", "subclass"),
            List.of(new LinkType(Relation.BROADER, "naf", "parent", false, false)));
    Referential odd = referential("odd", Kind.NOMENCLATURE, "A/B", List.of("code"), List.of());
    Referential empty = referential("empty", Kind.NOMENCLATURE, "1", List.of("code"), List.of());

    List<Release> all = new ArrayList<>();
    Release c2023 = release("communes", "2023", "2023-01-01", 6, 5);
    Release c2026 = release("communes", "2026", "2026-01-01", 6, 5);
    all.addAll(List.of(c2023, c2026));
    all.add(release("departements", "2026", "2026-01-01", 3, 3));
    all.add(release("epci", "2026", "2026-01-01", 1, 1));
    all.add(release("codes-postaux", "2026", "2026-01-01", 1, 1));
    all.add(release("naf", "rev2", "2008-01-01", 5, 5));
    all.add(release("odd", "1", "2020-01-01", 5, 5));

    Map<String, Codebook> books = new HashMap<>();
    books.put(
        "departements",
        book(
            departements,
            state("01", "Ain", "departement", null, null),
            state("14", "Calvados", "departement", null, null),
            state("2A", "Corse-du-Sud", "departement", "1976-01-01", null)));
    books.put(
        "epci", book(epci, state("240100883", "CC de la Plaine de l'Ain", "epci", null, null)));
    books.put(
        "codes-postaux",
        book(postal, state("01500", "AMBERIEU EN BUGEY", "code-postal", null, null)));
    books.put("communes", communes(communes, c2023, c2026));
    CodebookBuilder classes = new CodebookBuilder(naf);
    for (ConceptState state :
        List.of(
            state("62", "Programmation, conseil", "division", null, null),
            state("62.0", "Programmation, conseil", "group", null, null),
            state("62.01", "Programmation informatique", "class", null, null),
            state("62.01Z", "Programmation informatique", "subclass", null, null),
            state("J", "Information et communication", "section", null, null))) {
      classes.addState(state, null, null);
    }
    for (String[] pair :
        new String[][] {{"62", "J"}, {"62.0", "62"}, {"62.01", "62.0"}, {"62.01Z", "62.01"}}) {
      classes.addLink(
          new Link(pair[0], Relation.BROADER, "naf", pair[1], Validity.ALWAYS, false), null, null);
    }
    books.put("naf", classes.build());
    books.put(
        "odd",
        book(
            odd,
            state("A+B", "plus", "code", null, null),
            state("A/B", "slash", "code", null, null),
            state("a b", "space", "code", null, null),
            state("x.history", "dot", "code", null, null),
            state("é%", "accent", "code", null, null)));
    return new Registry(
        new Catalog(1, List.of(departements, epci, postal, communes, naf, odd, empty), all),
        books,
        List.of());
  }

  private static Codebook communes(Referential communes, Release c2023, Release c2026) {
    CodebookBuilder builder = new CodebookBuilder(communes);
    builder.addState(
        new ConceptState(
            "01004",
            Validity.since(LocalDate.parse("1955-03-31")),
            "commune",
            "Ambérieu-en-Bugey",
            Map.of(),
            Map.of("siren", "210100046"),
            false),
        null,
        null);
    builder.addState(
        state("14666", "Sannerville", "commune", "1943-01-01", "2017-01-01"), null, null);
    builder.addState(state("14666", "Sannerville", "commune", "2019-12-31", null), null, null);
    builder.addState(state("14712", "Troarn", "commune", "1943-01-01", "2017-01-01"), null, null);
    builder.addState(state("14712", "Saline", "commune", "2017-01-01", "2019-12-31"), null, null);
    builder.addState(state("14712", "Troarn", "commune", "2019-12-31", null), null, null);
    builder.addState(state("20004", "Ajaccio", "commune", "1943-01-01", "1976-01-01"), null, null);
    builder.addState(state("2A004", "Ajaccio", "commune", "1976-01-01", null), null, null);
    builder.addState(
        state("98511", "Mamoudzou", "commune", "1976-01-01", "2011-03-31"),
        c2023.position(),
        c2026.position());
    builder.addLink(link("01004", Relation.BROADER, "departements", "01"), null, null);
    builder.addLink(link("01004", Relation.BROADER, "epci", "240100883"), null, null);
    builder.addLink(link("01004", Relation.RELATED, "codes-postaux", "01500"), null, null);
    builder.addLink(link("14666", Relation.BROADER, "departements", "14"), null, null);
    builder.addLink(link("14712", Relation.BROADER, "departements", "14"), null, null);
    builder.addLink(link("2A004", Relation.BROADER, "departements", "2A"), null, null);
    builder.addMeasure(new Measure("01004", "population", 15554), null, null);
    builder.addSuccession(
        succession("1976-01-01", "20004", "2A004", SuccessionKind.RECODED, "41"), null, null);
    builder.addSuccession(
        succession("2017-01-01", "14666", "14712", SuccessionKind.MERGED, "32"), null, null);
    builder.addSuccession(
        succession("2017-01-01", "14712", "14712", SuccessionKind.MERGED, "32"), null, null);
    builder.addSuccession(
        succession("2019-12-31", "14712", "14666", SuccessionKind.RESTORED, "21"), null, null);
    builder.addSuccession(
        succession("2019-12-31", "14712", "14712", SuccessionKind.RESTORED, "21"), null, null);
    return builder.build();
  }

  private static Codebook book(Referential referential, ConceptState... states) {
    CodebookBuilder builder = new CodebookBuilder(referential);
    Arrays.stream(states).forEach(state -> builder.addState(state, null, null));
    return builder.build();
  }

  private static ConceptState state(
      String code, String label, String level, @Nullable String from, @Nullable String to) {
    return new ConceptState(
        code,
        new Validity(
            from == null ? null : LocalDate.parse(from), to == null ? null : LocalDate.parse(to)),
        level,
        label,
        Map.of(),
        Map.of(),
        false);
  }

  private static Link link(String code, Relation relation, String referential, String target) {
    return new Link(code, relation, referential, target, Validity.ALWAYS, false);
  }

  private static Succession succession(
      String date, String code, String after, SuccessionKind kind, String type) {
    return new Succession(LocalDate.parse(date), code, "communes", after, kind, type, false);
  }

  private static Referential referential(
      String id, Kind kind, String example, List<String> levels, List<LinkType> links) {
    return new Referential(
        id,
        kind,
        new Text(id, id),
        new Text("", ""),
        "INSEE",
        "etalab-2.0",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        "https://www.insee.fr/",
        Pattern.compile(".+"),
        CheckRule.NONE,
        example,
        levels.stream().map(l -> new Level(l, new Text(l, l))).toList(),
        links,
        id.equals("communes") ? List.of("population") : List.of(),
        null,
        List.of(),
        false,
        List.of(),
        null,
        Referential.Usage.PLAIN);
  }

  private static Release release(
      String referential, String edition, String day, int concepts, int inForce) {
    LocalDate date = LocalDate.parse(day);
    return new Release(
        ++releases,
        (int) date.toEpochDay(),
        new ReleaseHead(
            referential,
            edition,
            date,
            null,
            List.of(new SourceFile(referential + ".csv", null, "00", 1))),
        "digest-" + referential + '-' + edition,
        concepts,
        inForce,
        0,
        0,
        0,
        referential.equals("communes") && edition.equals("2026")
            ? Map.of("epci", List.of(LocalDate.of(2023, 1, 1), LocalDate.of(2026, 1, 1)))
            : Map.of(),
        Instant.parse("2026-02-26T09:00:00Z"));
  }
}
