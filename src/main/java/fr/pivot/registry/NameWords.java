package fr.pivot.registry;

import fr.pivot.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A name taken apart into comparable words. Names that people write differently and mean the same
 * by have the same words: {@code St-Denis} and {@code SAINT DENIS}, {@code Haye (La)} and {@code La
 * Haye}, {@code Communauté de communes du Pays de Gex} and {@code CC du Pays de Gex}.
 *
 * @param lead what stands before the words and is often left out: the kind of an EPCI, an article
 * @param words the words, folded and written out
 * @param bare the words without spaces
 */
public record NameWords(String lead, List<String> words, String bare) {

  private static final Map<String, String> WRITTEN_OUT =
      Map.ofEntries(
          Map.entry("st", "saint"),
          Map.entry("ste", "sainte"),
          Map.entry("sts", "saints"),
          Map.entry("stes", "saintes"),
          Map.entry("nd", "notre dame"),
          Map.entry("mt", "mont"),
          Map.entry("gd", "grand"),
          Map.entry("gde", "grande"),
          Map.entry("lez", "les"),
          Map.entry("ss", "sous"),
          Map.entry("arr", "arrondissement"),
          Map.entry("arrdt", "arrondissement"),
          Map.entry("ardt", "arrondissement"),
          Map.entry("arrond", "arrondissement"),
          Map.entry("comcom", "cc"));

  /** Kinds of territories by the words that write them out. */
  private static final List<Map.Entry<List<String>, String>> KINDS =
      List.of(
          Map.entry(List.of("communaute", "de", "communes"), "cc"),
          Map.entry(List.of("communaute", "communes"), "cc"),
          Map.entry(List.of("com", "com"), "cc"),
          Map.entry(List.of("communaute", "d", "agglomeration"), "ca"),
          Map.entry(List.of("communaute", "agglomeration"), "ca"),
          Map.entry(List.of("communaute", "urbaine"), "cu"),
          Map.entry(List.of("etablissement", "public", "territorial"), "ept"));

  private static final Set<String> KIND = Set.of("cc", "ca", "cu", "ept", "metropole");
  private static final Set<String> ARTICLES = Set.of("le", "la", "les", "l", "las", "los");
  private static final Set<String> OF = Set.of("de", "du", "des", "d");

  /** Words that tell little, and are often left out. */
  private static final Set<String> SMALL =
      Set.of(
          "le", "la", "les", "l", "las", "los", "de", "du", "des", "d", "en", "sur", "sous", "et",
          "a", "au", "aux", "of", "the", "and");

  /** What people put before the name of a territory, and no referential does: {@code Ville de}. */
  private static final Set<String> BODIES = Set.of("commune", "ville", "mairie", "prefecture");

  /** The same that need no {@code de}: {@code Région Bretagne}. */
  private static final Set<String> DIVISIONS = Set.of("departement", "region");

  /** The words of a name. */
  public static NameWords of(String name) {
    List<String> all = list(name);
    if (all.size() > 1 && ARTICLES.contains(all.getLast())) {
      // CANNET LE, as files without punctuation have it
      all.addFirst(all.removeLast());
    }
    int start = 0;
    if (all.size() > 1 && KIND.contains(all.getFirst())) {
      start = skipOf(all, 1);
    }
    while (start + 1 < all.size() && start < 3 && ARTICLES.contains(all.get(start))) {
      start++;
    }
    int end = all.size();
    if (end - start > 1 && all.getLast().startsWith("arrond")) {
      end--;
    }
    if (start == end) {
      start = 0;
      end = all.size();
    }
    List<String> words = List.copyOf(all.subList(start, end));
    return new NameWords(String.join(" ", all.subList(0, start)), words, String.join("", words));
  }

  /**
   * The same name where an article is written as one with it: {@code LeChâtel}; empty elsewhere.
   */
  public List<NameWords> withoutJoinedArticle() {
    if (!lead.isEmpty() || words.size() != 1) {
      return List.of();
    }
    List<NameWords> others = new ArrayList<>(0);
    for (String article : List.of("les", "le", "la", "l")) {
      if (bare.startsWith(article) && bare.length() > article.length() + 2) {
        String rest = bare.substring(article.length());
        others.add(new NameWords(article, List.of(rest), rest));
      }
    }
    return others;
  }

  private static int skipOf(List<String> all, int from) {
    return from + 1 < all.size() && OF.contains(all.get(from)) ? from + 1 : from;
  }

  /** The same name without what people put before it: {@code Commune de}; itself where nothing. */
  public NameWords withoutBody() {
    boolean body =
        words.size() > 2 && BODIES.contains(words.getFirst()) && OF.contains(words.get(1));
    boolean division = words.size() > 1 && DIVISIONS.contains(words.getFirst());
    if (!body && !division) {
      return this;
    }
    return of(String.join(" ", words.subList(skipOf(words, 1), words.size())));
  }

  /** Whether a word tells little and is often left out. */
  public static boolean isSmall(String word) {
    return SMALL.contains(word);
  }

  /** The kind of an EPCI that stands before the words; empty where none does. */
  public String kind() {
    return kind(lead);
  }

  /** The kind of an EPCI in a lead; empty where there is none. */
  public static String kind(String lead) {
    int space = lead.indexOf(' ');
    String first = space < 0 ? lead : lead.substring(0, space);
    return KIND.contains(first) ? first : "";
  }

  /** Whether nothing is left to compare. */
  public boolean isEmpty() {
    return words.isEmpty();
  }

  /** The words of a text, folded and written out, all of them. */
  private static List<String> list(String name) {
    String folded =
        Words.fold(trailingArticleFirst(name).replace("&", " et ").replace("s/s", "sous "));
    if (folded.isEmpty()) {
      return new ArrayList<>();
    }
    List<String> list = new ArrayList<>();
    for (String word : folded.split(" ", -1)) {
      String whole = WRITTEN_OUT.getOrDefault(word, word);
      if (whole.equals("s") && !list.isEmpty()) {
        whole = "sur";
      } else if (whole.equals("d") && !list.isEmpty() && list.getLast().equals("n")) {
        list.removeLast();
        whole = "notre dame";
      } else if (whole.length() <= 6 && Character.isDigit(whole.charAt(0))) {
        whole = ordinal(whole);
      }
      for (String part : whole.split(" ", -1)) {
        list.add(part);
      }
      shorten(list);
    }
    return list;
  }

  /** Writes the kind of an EPCI short, where the words at the end write it out. */
  private static void shorten(List<String> list) {
    for (Map.Entry<List<String>, String> kind : KINDS) {
      int start = list.size() - kind.getKey().size();
      if (start >= 0 && list.subList(start, list.size()).equals(kind.getKey())) {
        list.subList(start, list.size()).clear();
        list.add(kind.getValue());
        return;
      }
    }
  }

  /** The number of an ordinal: 12 of {@code 12e}, {@code 12ème}; other words as they are. */
  private static String ordinal(String word) {
    int digits = 0;
    while (digits < word.length() && Character.isDigit(word.charAt(digits))) {
      digits++;
    }
    return switch (word.substring(digits)) {
      case "e", "er", "ere", "eme", "ieme", "nd", "nde" -> word.substring(0, digits);
      default -> word;
    };
  }

  /** {@code La Haye} of {@code Haye (La)} and {@code Haye, La}; other names as they are. */
  private static String trailingArticleFirst(String name) {
    String text = name.strip();
    int open = text.endsWith(")") ? text.lastIndexOf('(') : text.lastIndexOf(',');
    if (open <= 0) {
      return text;
    }
    int end = text.endsWith(")") ? text.length() - 1 : text.length();
    String aside = text.substring(open + 1, end).strip();
    String article = aside.toLowerCase(Locale.ROOT).replace("'", "").replace("’", "");
    return ARTICLES.contains(article) ? aside + ' ' + text.substring(0, open) : text;
  }
}
