package fr.pivot.pages.code;

import fr.pivot.referential.Text;
import java.util.Map;
import java.util.Set;

/** Words for what packs name for programs: attributes of codes, their values, and figures. */
final class AttributeWords {

  private static final Map<String, Text> TITLES =
      Map.ofEntries(
          Map.entry("population", new Text("Population", "Population")),
          Map.entry("populationTotale", new Text("Population totale", "Total population")),
          Map.entry("siren", new Text("SIREN", "SIREN")),
          Map.entry("chefLieu", new Text("Chef-lieu", "Chief town")),
          Map.entry("nature", new Text("Nature", "Kind")),
          Map.entry("modeFinancement", new Text("Mode de financement", "Funding")),
          Map.entry("alpha2", new Text("Code à deux lettres", "Two-letter code")),
          Map.entry("alpha3", new Text("Code à trois lettres", "Three-letter code")),
          Map.entry("numeric", new Text("Code numérique", "Numeric code")),
          Map.entry("checkDigit", new Text("Clé de contrôle", "Check digit")),
          Map.entry("withdrawal", new Text("Retrait", "Withdrawal")),
          Map.entry("bibliographic", new Text("Code bibliographique", "Bibliographic code")),
          Map.entry("scope", new Text("Portée", "Scope")),
          Map.entry("type", new Text("Type", "Type")));

  /** By attribute and value, with a space between. */
  private static final Map<String, Text> VALUES =
      Map.of(
          "nature METRO", new Text("métropole", "metropolis (métropole)"),
          "nature CU", new Text("communauté urbaine", "urban community (communauté urbaine)"),
          "nature CA",
              new Text(
                  "communauté d’agglomération",
                  "agglomeration community (communauté d’agglomération)"),
          "nature CC",
              new Text("communauté de communes", "community of communes (communauté de communes)"),
          "nature MET69", new Text("métropole de Lyon", "metropolis of Lyon (métropole de Lyon)"),
          "nature EPT",
              new Text(
                  "établissement public territorial",
                  "territorial public body (établissement public territorial)"),
          "modeFinancement FPU",
              new Text(
                  "fiscalité professionnelle unique",
                  "single business tax (fiscalité professionnelle unique)"),
          "modeFinancement FA",
              new Text("fiscalité additionnelle", "additional tax (fiscalité additionnelle)"));

  /** How the name of a commune takes its article: a matter of programs that write sentences. */
  private static final Set<String> HIDDEN = Set.of("typeLiaison", "tncc");

  private AttributeWords() {}

  /** What an attribute is called. */
  static Text title(String name) {
    return TITLES.getOrDefault(name, new Text(name, name));
  }

  /** What a figure of an edition is called. */
  static Text measure(String name, String edition) {
    Text title = title(name);
    return new Text(
        title.fr() + " (édition " + edition + ')', title.en() + " (edition " + edition + ')');
  }

  /** A value in words; as it is where there are none. */
  static Text value(String name, String value) {
    return VALUES.getOrDefault(name + ' ' + value, new Text(value, value));
  }

  /** Whether people are not shown it. */
  static boolean isHidden(String name) {
    return HIDDEN.contains(name);
  }

  /** Whether its value is the code of a commune. */
  static boolean isCommune(String name) {
    return name.equals("chefLieu");
  }
}
