package fr.pivot.formats.cog;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Rule;
import fr.pivot.finding.Severity;
import fr.pivot.formats.cog.Codes.Form;
import fr.pivot.text.sheet.Delimited;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the rows of the files of the COG since 2019. */
final class Tables {

  /**
   * A territory in force on the reference day, of which the file says nothing else.
   *
   * @param code its code
   * @param level its level in its referential
   * @param label its name
   * @param attributes what else the file says of it
   * @param parents the codes of the divisions above it, by their referential
   */
  record Division(
      String code,
      String level,
      String label,
      Map<String, String> attributes,
      Map<String, String> parents) {}

  private final Findings findings;
  private final Codes codes;
  private final Set<String> unknownTypes = new HashSet<>();

  Tables(Findings findings, Codes codes) {
    this.findings = findings;
    this.codes = codes;
  }

  /** The events, in the order of the file, exact repetitions left out and reported. */
  List<Event> readEvents(Delimited file) throws IOException {
    List<Event> events = new ArrayList<>();
    Set<List<String>> seen = new HashSet<>();
    file.forEach(
        row -> {
          if (!seen.add(row.fields())) {
            findings.add(Rule.DUPLICATE_ROW.at(row.place()));
            return;
          }
          long errors = findings.count(Severity.ERROR);
          String mod = row.get("mod");
          if (!Successions.KNOWN_TYPES.contains(mod) && unknownTypes.add(mod)) {
            findings.add(Rule.UNKNOWN_EVENT_TYPE.at(row.place("mod"), mod));
          }
          Optional<LocalDate> date = date(row, "date_eff");
          Optional<Named> before = named(row, "_av");
          Optional<Named> after = named(row, "_ap");
          if (findings.count(Severity.ERROR) > errors) {
            return;
          }
          if (before.isEmpty() && after.isEmpty()) {
            findings.add(Rule.EMPTY_VALUE.at(row.place("com_av")));
          } else if (date.isPresent()) {
            events.add(
                new Event(row.place(), mod, date.get(), before.orElse(null), after.orElse(null)));
          }
        });
    return events;
  }

  private Optional<Named> named(Delimited.Row row, String side) {
    String typecom = row.get("typecom" + side);
    String column = "com" + side;
    if (typecom.isEmpty() && row.get(column).isEmpty()) {
      return Optional.empty();
    }
    String code = codes.require(row, column, Form.COMMUNE);
    Optional<UnitType> type = type(row, "typecom" + side);
    if (type.isEmpty() || code.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Named(
            new Unit(type.get(), code), label(row, "libelle" + side), row.get("tncc" + side)));
  }

  /** The territories in force, each once. */
  List<Commune> readCommunes(Delimited file) throws IOException {
    List<Commune> communes = new ArrayList<>();
    Map<Unit, List<String>> seen = new HashMap<>();
    file.forEach(
        row -> {
          Optional<UnitType> type = type(row, "typecom");
          String code = codes.require(row, "com", Form.COMMUNE);
          String parent = codes.read(row, "comparent", Form.COMMUNE);
          Commune commune =
              new Commune(
                  row.place(),
                  new Named(
                      new Unit(type.orElse(UnitType.COM), code),
                      label(row, "libelle"),
                      row.get("tncc")),
                  codes.read(row, "reg", Form.REGION),
                  codes.read(row, "dep", Form.DEPARTEMENT),
                  codes.read(row, "arr", Form.ARRONDISSEMENT),
                  codes.read(row, "can", Form.CANTON),
                  codes.read(row, "ctcd", Form.COLLECTIVITY),
                  parent);
          if (type.isEmpty() || code.isEmpty()) {
            return;
          }
          if (isNew(seen, commune.unit(), row)) {
            if (type.get() != UnitType.COM && row.get("comparent").isEmpty()) {
              findings.add(Rule.EMPTY_VALUE.at(row.place("comparent")));
            }
            communes.add(commune);
          }
        });
    return communes;
  }

  /**
   * The communes and municipal arrondissements in force, from the layout of the editions up to
   * 2018: the code in two columns, the article apart and in brackets.
   */
  List<Commune> readOldCommunes(Delimited file) throws IOException {
    List<Commune> communes = new ArrayList<>();
    Map<Unit, List<String>> seen = new HashMap<>();
    file.forEach(
        row -> {
          Optional<UnitType> type =
              switch (row.get("actual")) {
                case "1" -> Optional.of(UnitType.COM);
                case "5" -> Optional.of(UnitType.ARM);
                default -> Optional.empty();
              };
          if (type.isEmpty()) {
            return;
          }
          String departement = codes.require(row, "dep", Form.DEPARTEMENT);
          if (departement.isEmpty()) {
            return;
          }
          String code = codes.check(row, "com", departement + row.get("com"), Form.COMMUNE);
          String name = label(row, "nccenr");
          String region = codes.read(row, "reg", Form.REGION);
          String arrondissement = part(row, "ar", departement, Form.ARRONDISSEMENT);
          String canton = part(row, "ct", departement, Form.CANTON);
          String parent =
              type.get() == UnitType.ARM ? codes.require(row, "pole", Form.COMMUNE) : "";
          Unit unit = new Unit(type.get(), code);
          if (!code.isEmpty() && isNew(seen, unit, row)) {
            communes.add(
                new Commune(
                    row.place(),
                    new Named(unit, withArticle(row.get("artmin"), name), row.get("tncc")),
                    region,
                    departement,
                    arrondissement,
                    canton,
                    "",
                    parent));
          }
        });
    return communes;
  }

  private String part(Delimited.Row row, String column, String departement, Form form) {
    String part = row.get(column);
    return part.isEmpty() ? "" : codes.check(row, column, departement + part, form);
  }

  /** {@code (L')} and {@code Abergement-Clémenciat}, {@code (Le)} and {@code Havre}. */
  private static String withArticle(String brackets, String name) {
    String article = brackets.replaceAll("[()]", "").strip();
    return article.isEmpty() || article.endsWith("'") ? article + name : article + " " + name;
  }

  /** The territories of a kind in force, each once. */
  List<Division> readDivisions(Delimited file, Layout layout) throws IOException {
    List<Division> divisions = new ArrayList<>();
    Map<String, List<String>> seen = new HashMap<>();
    file.forEach(
        row -> {
          String code =
              switch (layout) {
                case REGIONS -> codes.require(row, "reg", Form.REGION);
                case DEPARTEMENTS -> codes.require(row, "dep", Form.DEPARTEMENT);
                case ARRONDISSEMENTS -> codes.require(row, "arr", Form.ARRONDISSEMENT);
                case CANTONS -> codes.require(row, "can", Form.CANTON);
                case COLLECTIVITIES -> codes.require(row, "ctcd", Form.COLLECTIVITY);
                case OVERSEAS_COLLECTIVITIES -> codes.require(row, "comer", Form.OVERSEAS);
                case OVERSEAS_COMMUNES -> codes.require(row, "com_comer", Form.COMMUNE);
                default -> throw new IllegalArgumentException(layout.name());
              };
          Map<String, String> parents = new HashMap<>();
          switch (layout) {
            case DEPARTEMENTS, COLLECTIVITIES ->
                put(parents, "regions", codes.require(row, "reg", Form.REGION));
            case ARRONDISSEMENTS, CANTONS -> {
              put(parents, "regions", codes.require(row, "reg", Form.REGION));
              put(parents, "departements", codes.require(row, "dep", Form.DEPARTEMENT));
            }
            case OVERSEAS_COLLECTIVITIES -> put(parents, "regions", row.get("comer"));
            case OVERSEAS_COMMUNES -> {
              // A collectivity stands in the place of a département and of a région.
              String collectivity = codes.require(row, "comer", Form.OVERSEAS);
              put(parents, "regions", collectivity);
              put(parents, "departements", collectivity);
            }
            default -> {}
          }
          Map<String, String> attributes = new HashMap<>();
          put(attributes, "typeLiaison", row.get("tncc"));
          put(attributes, "chefLieu", codes.read(row, "cheflieu", Form.COMMUNE));
          put(attributes, "bureauCentralisateur", codes.read(row, "burcentral", Form.COMMUNE));
          put(attributes, "composition", row.get("compct"));
          put(attributes, "typeCanton", row.get("typect"));
          put(attributes, "natureZonage", row.get("nature_zonage"));
          String label = label(row, "libelle");
          if (!code.isEmpty() && isNew(seen, code, row)) {
            divisions.add(
                new Division(code, level(layout, row.get("typect")), label, attributes, parents));
          }
        });
    return divisions;
  }

  /**
   * The level of a territory. INSEE lists with the cantons what is none: the whole commune where
   * several cantons share it (V, canton-ville), and the commune nouvelle whose parts lie in several
   * (N).
   */
  private static String level(Layout layout, String typeOfCanton) {
    return switch (layout) {
      case REGIONS -> "region";
      case DEPARTEMENTS -> "departement";
      case ARRONDISSEMENTS -> "arrondissement";
      case CANTONS ->
          switch (typeOfCanton) {
            case "V" -> "canton-ville";
            case "N" -> "canton-commune-nouvelle";
            default -> "canton";
          };
      case OVERSEAS_COMMUNES -> "commune";
      default -> "collectivite";
    };
  }

  private static void put(Map<String, String> map, String key, String value) {
    if (!value.isEmpty()) {
      map.put(key, value);
    }
  }

  private <K> boolean isNew(Map<K, List<String>> seen, K key, Delimited.Row row) {
    List<String> same = seen.putIfAbsent(key, row.fields());
    if (same != null) {
      Rule rule = same.equals(row.fields()) ? Rule.DUPLICATE_ROW : Rule.CONFLICTING_ROW;
      findings.add(rule.at(row.place(), key.toString()));
    }
    return same == null;
  }

  private Optional<UnitType> type(Delimited.Row row, String column) {
    Optional<UnitType> type = UnitType.find(row.get(column));
    if (type.isEmpty()) {
      findings.add(Rule.UNKNOWN_LEVEL.at(row.place(column), row.get(column)));
    }
    return type;
  }

  private String label(Delimited.Row row, String column) {
    String label = row.get(column);
    if (label.isEmpty()) {
      findings.add(Rule.EMPTY_VALUE.at(row.place(column)));
    }
    return label;
  }

  private Optional<LocalDate> date(Delimited.Row row, String column) {
    try {
      return Optional.of(LocalDate.parse(row.get(column)));
    } catch (DateTimeParseException malformed) {
      findings.add(Rule.MALFORMED_DATE.at(row.place(column), row.get(column)));
      return Optional.empty();
    }
  }
}
