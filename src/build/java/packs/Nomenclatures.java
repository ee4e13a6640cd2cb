package packs;

import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Link;
import fr.pivot.referential.Relation;
import fr.pivot.referential.SourceFile;
import fr.pivot.referential.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The nomenclatures, each in one edition. */
final class Nomenclatures {

  private static final LocalDate NACE_REV2 = LocalDate.of(2008, 1, 1);
  private static final LocalDate CPV_2008 = LocalDate.of(2008, 9, 17);
  private static final LocalDate NUTS_2024 = LocalDate.of(2024, 1, 1);
  private static final LocalDate ISO_CODES_4_15 = LocalDate.of(2023, 4, 27);

  private final Path sources;
  private final Path referentials;

  Nomenclatures(Path sources, Path referentials) {
    this.sources = sources;
    this.referentials = referentials;
  }

  void write() throws IOException {
    activities();
    procurement();
    nuts();
    iso();
  }

  /** One space between words. */
  static String clean(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  // NAF and NACE

  private void activities() throws IOException {
    Map<String, String> naf = new TreeMap<>();
    NafSections.ALL.forEach(s -> naf.put(s.code(), s.label()));
    Path folder = sources.resolve("socialgouv-codes-naf-1.1.1/package");
    for (Json json : Json.array(folder.resolve("index.json"))) {
      naf.put(json.text("id"), clean(json.text("label")));
    }
    SourceFile nafSource =
        Edition.sourceFile(
            sources.resolve("socialgouv-codes-naf-1.1.1.tgz"), "npm @socialgouv/codes-naf 1.1.1");
    SourceFile naceSource =
        Edition.sourceFile(
            sources.resolve("python3-stdnum_1.18-1_all.deb"), "Debian python3-stdnum 1.18-1");
    List<Division> nace = nace();
    Map<String, String> labels = new TreeMap<>();
    nace.forEach(d -> labels.put(d.code(), d.label()));

    List<ConceptState> states = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    naf.forEach(
        (code, label) -> {
          states.add(state(code, Validity.since(NACE_REV2), level(code), label, null, Map.of()));
          broader(links, "naf", code, parent(code), NACE_REV2);
          if (labels.containsKey(code)) {
            links.add(related(code, "nace", code));
          }
        });
    new Pack(referentials, "naf", "rev2", NACE_REV2, null, List.of(nafSource))
        .states(states)
        .links(links)
        .write();

    List<ConceptState> european = new ArrayList<>();
    List<Link> europeanLinks = new ArrayList<>();
    for (Division division : nace) {
      String code = division.code();
      european.add(
          state(
              code,
              Validity.since(NACE_REV2),
              level(code),
              naf.getOrDefault(code, division.label()),
              division.label(),
              Map.of()));
      broader(europeanLinks, "nace", code, parent(code), NACE_REV2);
      if (division.isic() != null) {
        europeanLinks.add(related(code, "isic", division.isic()));
      }
    }
    new Pack(referentials, "nace", "rev2", NACE_REV2, null, List.of(naceSource, nafSource))
        .states(european)
        .links(europeanLinks)
        .write();
  }

  private record Division(String code, String label, @Nullable String isic) {}

  private static final Pattern LINE = Pattern.compile("( *)(\\w+) (.*)");
  private static final Pattern MEMBER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /**
   * Reads the tree of {@code nace.dat}, where each line gives what its digits add to those above.
   */
  private List<Division> nace() throws IOException {
    Path file =
        sources.resolve(
            "python3-stdnum_1.18-1_all/usr/lib/python3/dist-packages/stdnum/eu/nace.dat");
    List<Division> divisions = new ArrayList<>();
    String[] above = new String[3];
    for (String line : Files.readAllLines(file)) {
      Matcher matcher = LINE.matcher(line);
      if (line.startsWith("#") || !matcher.matches()) {
        continue;
      }
      int depth = matcher.group(1).length();
      above[depth] = matcher.group(2);
      String code =
          switch (depth) {
            case 0 -> above[0];
            case 1 -> above[0] + "." + above[1];
            default -> above[0] + "." + above[1] + above[2];
          };
      Map<String, String> members = new HashMap<>();
      Matcher member = MEMBER.matcher(matcher.group(3));
      while (member.find()) {
        members.put(member.group(1), member.group(2));
      }
      String section = members.get("section");
      if (section != null && !section.equals(NafSections.of(code).code())) {
        throw new IllegalStateException(code + " is in section " + section);
      }
      divisions.add(
          new Division(code, clean(members.getOrDefault("label", "")), members.get("isic")));
    }
    return divisions;
  }

  private static String level(String activity) {
    return switch (activity.length()) {
      case 1 -> "section";
      case 2 -> "division";
      case 4 -> "groupe";
      case 5 -> "classe";
      default -> "sous-classe";
    };
  }

  private static @Nullable String parent(String activity) {
    return switch (activity.length()) {
      case 1 -> null;
      case 2 -> NafSections.of(activity).code();
      case 4 -> activity.substring(0, 2);
      default -> activity.substring(0, activity.length() - 1);
    };
  }

  // CPV and NUTS

  private static final List<String> CPV_LEVELS =
      List.of(
          "division",
          "groupe",
          "classe",
          "categorie",
          "sous-categorie-1",
          "sous-categorie-2",
          "sous-categorie-3");

  private Path eForms() {
    return sources.resolve("eforms-sdk-1.13.3.jar");
  }

  private List<SourceFile> eFormsSource() throws IOException {
    return List.of(Edition.sourceFile(eForms(), "Maven eu.europa.ted.eforms:eforms-sdk 1.13.3"));
  }

  private void procurement() throws IOException {
    Map<String, Map<String, String>> rows = new TreeMap<>();
    Genericode.read(eForms(), "eforms-sdk/codelists/cpv.gc")
        .forEach(r -> rows.put(r.getOrDefault("code", ""), r));
    List<ConceptState> states = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    int regular = 0;
    for (var entry : rows.entrySet()) {
      String code = entry.getKey();
      int digits = Math.max(2, code.replaceAll("0+$", "").length());
      int check = CpvCheckDigits.printed(code);
      regular += check == CpvCheckDigits.computed(code) ? 1 : 0;
      states.add(
          state(
              code,
              Validity.since(CPV_2008),
              CPV_LEVELS.get(digits - 2),
              entry.getValue().getOrDefault("fra_label", ""),
              entry.getValue().get("eng_label"),
              Map.of("checkDigit", Integer.toString(check))));
      String parent = null;
      for (int kept = digits - 1; kept >= 2 && parent == null; kept--) {
        String candidate = code.substring(0, kept) + "0".repeat(8 - kept);
        parent = rows.containsKey(candidate) ? candidate : null;
      }
      broader(links, "cpv", code, parent, CPV_2008);
    }
    System.out.printf(
        "cpv: the formula gives %d of %d check digits; the others are as printed%n",
        regular, rows.size());
    new Pack(referentials, "cpv", "2008", CPV_2008, null, eFormsSource())
        .states(states)
        .links(links)
        .write();
  }

  private void nuts() throws IOException {
    List<ConceptState> states = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (Map<String, String> row : Genericode.read(eForms(), "eforms-sdk/codelists/nuts.gc")) {
      String code = row.getOrDefault("code", "");
      String level = code.length() == 2 ? "pays" : "nuts" + (code.length() - 2);
      states.add(
          state(
              code,
              Validity.since(NUTS_2024),
              level,
              row.getOrDefault("fra_label", ""),
              null,
              Map.of()));
      broader(
          links,
          "nuts",
          code,
          code.length() == 2 ? null : code.substring(0, code.length() - 1),
          NUTS_2024);
    }
    new Pack(referentials, "nuts", "2024", NUTS_2024, null, eFormsSource())
        .states(states)
        .links(links)
        .write();
  }

  // ISO

  private void iso() throws IOException {
    iso("3166-1", "alpha_2", "pays", Map.of("alpha_3", "alpha3", "numeric", "numeric"));
    iso("3166-2", "code", "subdivision", Map.of("type", "type"));
    iso(
        "3166-3",
        "alpha_4",
        "pays",
        Map.of(
            "alpha_2",
            "alpha2",
            "alpha_3",
            "alpha3",
            "numeric",
            "numeric",
            "withdrawal_date",
            "withdrawal"));
    iso(
        "639-3",
        "alpha_3",
        "langue",
        Map.of(
            "alpha_2",
            "alpha2",
            "bibliographic",
            "bibliographic",
            "scope",
            "scope",
            "type",
            "type"));
    iso("4217", "alpha_3", "monnaie", Map.of("numeric", "numeric"));
    iso("15924", "alpha_4", "ecriture", Map.of("numeric", "numeric"));
  }

  /**
   * Writes a list of Debian's iso-codes.
   *
   * @param members the members that become attributes, with the attributes' names
   */
  private void iso(String list, String codeMember, String level, Map<String, String> members)
      throws IOException {
    Path share = sources.resolve("iso-codes_4.15.0-1_all/usr/share");
    Gettext french = Gettext.read(share.resolve("locale/fr/LC_MESSAGES/iso_" + list + ".mo"));
    List<ConceptState> states = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    for (Json json : Json.arrayIn(share.resolve("iso-codes/json/iso_" + list + ".json"), list)) {
      String code = json.text(codeMember);
      String name = clean(json.text("name"));
      Map<String, String> attributes = new HashMap<>();
      members.forEach(
          (member, attribute) -> {
            String value = json.optional(member);
            if (value != null) {
              attributes.put(attribute, value);
            }
          });
      String parent = json.optional("parent");
      String withdrawal = json.optional("withdrawal_date");
      boolean isOnlyAYear = withdrawal != null && withdrawal.length() == 4;
      Validity validity = Validity.ALWAYS;
      if (withdrawal != null) {
        validity =
            new Validity(null, LocalDate.parse(isOnlyAYear ? withdrawal + "-01-01" : withdrawal));
      }
      states.add(
          new ConceptState(
              code,
              validity,
              parent == null ? level : "sous-" + level,
              clean(french.translate("Name for " + code, json.text("name"))),
              Map.of("en", name),
              attributes,
              isOnlyAYear));
      if (list.equals("3166-2")) {
        String country = code.substring(0, 2);
        links.add(new Link(code, Relation.BROADER, "iso-3166-1", country, Validity.ALWAYS, false));
        if (parent != null) {
          broader(
              links,
              "iso-3166-2",
              code,
              parent.contains("-") ? parent : country + "-" + parent,
              null);
        }
      }
    }
    new Pack(
            referentials,
            "iso-" + list,
            "4.15",
            ISO_CODES_4_15,
            ISO_CODES_4_15,
            List.of(
                Edition.sourceFile(
                    sources.resolve("iso-codes_4.15.0-1_all.deb"), "Debian iso-codes 4.15.0-1")))
        .states(states)
        .links(links)
        .write();
  }

  // Small things

  private static ConceptState state(
      String code,
      Validity validity,
      String level,
      String label,
      @Nullable String english,
      Map<String, String> attributes) {
    return new ConceptState(
        code,
        validity,
        level,
        label,
        english == null ? Map.of() : Map.of("en", english),
        attributes,
        false);
  }

  private static void broader(
      List<Link> links,
      String referential,
      String code,
      @Nullable String parent,
      @Nullable LocalDate from) {
    if (parent != null) {
      links.add(
          new Link(code, Relation.BROADER, referential, parent, new Validity(from, null), false));
    }
  }

  private static Link related(String code, String referential, String target) {
    return new Link(code, Relation.RELATED, referential, target, Validity.since(NACE_REV2), false);
  }
}
