package fr.pivot.search;

import fr.pivot.text.Words;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which names are written otherwise than in the official lists, each as a rule. A rule
 * that does not change a name does not apply to it. What is drawn comes from the random numbers
 * given, so that the same name is always damaged in the same way.
 */
enum Damage {
  /** Nothing: the name as somebody wrote it. */
  AS_WRITTEN(Group.EXACT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return named.text().equals(named.name())
          ? Optional.of(new Written(this, named.text(), named.name(), null))
          : Optional.empty();
    }
  },
  /** All capitals, accents kept. */
  CAPITALS(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.toUpperCase(Locale.FRENCH);
    }
  },
  /** All small letters. */
  SMALL_LETTERS(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.toLowerCase(Locale.FRENCH);
    }
  },
  /** No accents. */
  NO_ACCENTS(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return withoutAccents(name);
    }
  },
  /** Accents as characters of their own, as some systems write them. */
  ACCENTS_APART(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return Normalizer.normalize(name, Normalizer.Form.NFD);
    }
  },
  /** Spaces for hyphens. */
  SPACES(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.replace('-', ' ');
    }
  },
  /** Hyphens for spaces. */
  HYPHENS(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.replace(' ', '-');
    }
  },
  /** Nothing for hyphens and spaces. */
  JOINED(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.matches("(?i).*(\\(|\\bste?\\b).*") ? null : name.replaceAll("[- ]", "");
    }
  },
  /** The other apostrophe, or none. */
  APOSTROPHE(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.replaceAll("['’]", random.nextBoolean() ? "’" : " ").strip();
    }
  },
  /** The abbreviations of saint and sainte, or the words for the abbreviations. */
  SAINT(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      if (SAINT_SHORT.matcher(name).find()) {
        return replace(
            SAINT_SHORT,
            name,
            m ->
                m.group(1)
                    + m.group(2).replaceFirst("t", "aint").replaceFirst("T", "AINT")
                    + (m.group(3).equals(". ") ? "-" : m.group(3)));
      }
      String after = List.of("-", " ", ". ").get(random.nextInt(3));
      return replace(
          SAINT_LONG, name, m -> m.group(1) + m.group(2).replaceFirst("(?i)ain", "") + after);
    }
  },
  /** Two letters for a ligature, or a ligature for two letters. */
  LIGATURE(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.matches(".*[œŒæÆ].*")
          ? name.replace("œ", "oe").replace("Œ", "Oe").replace("æ", "ae").replace("Æ", "Ae")
          : name.replace("oeu", "œu").replace("Oeu", "Œu");
    }
  },
  /** The article behind the name: "Haye (La)". */
  ARTICLE_BEHIND(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return replace(ARTICLE, name, m -> m.group(3) + " (" + m.group(1) + m.group(2).strip() + ')');
    }
  },
  /** As on envelopes: capitals, no accents, no hyphens, no apostrophes, ST. */
  ENVELOPE(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return Words.fold(name)
          .replaceAll("\\bsaint\\b", "st")
          .replaceAll("\\bsainte\\b", "ste")
          .toUpperCase(Locale.ROOT);
    }
  },
  /** Blanks around the name and more than one between words. */
  BLANKS(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      return "  " + name.replace(" ", "  ") + "\u00a0";
    }
  },
  /** The nature of an EPCI in full, or its abbreviation for it. */
  NATURE(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      for (Map.Entry<String, String> nature : NATURES.entrySet()) {
        if (name.startsWith(nature.getKey() + ' ')) {
          return nature.getValue() + name.substring(nature.getKey().length());
        }
      }
      return null;
    }
  },
  /** The number of a municipal arrondissement in one of the usual ways. */
  ARRONDISSEMENT(Group.EXACT) {
    @Override
    @Nullable String write(String name, Random random) {
      List<String> forms =
          List.of("$1 $2", "$1 $2e", "$1 $2ème", "$1 $2e arr.", "$1 $2 e arrondissement", "$1-$2");
      Matcher whole = NUMBERED.matcher(name);
      if (!whole.matches()) {
        return null;
      }
      String form = forms.get(random.nextInt(forms.size() + 1) % forms.size());
      return form.replace("$1", whole.group(1)).replace("$2", whole.group(2));
    }
  },

  /** One letter for another. */
  SUBSTITUTION(Group.ONE_TYPO) {
    @Override
    @Nullable String write(String name, Random random) {
      return typos(name, List.of(0), random);
    }
  },
  /** One letter too many. */
  INSERTION(Group.ONE_TYPO) {
    @Override
    @Nullable String write(String name, Random random) {
      return typos(name, List.of(1), random);
    }
  },
  /** One letter missing. */
  DELETION(Group.ONE_TYPO) {
    @Override
    @Nullable String write(String name, Random random) {
      return typos(name, List.of(2), random);
    }
  },
  /** Two neighbouring letters in the wrong order. */
  TRANSPOSITION(Group.ONE_TYPO) {
    @Override
    @Nullable String write(String name, Random random) {
      return typos(name, List.of(3), random);
    }
  },
  /** Two of these, drawn. */
  TWO_TYPOS(Group.TWO_TYPOS) {
    @Override
    @Nullable String write(String name, Random random) {
      return typos(name, List.of(random.nextInt(4), random.nextInt(4)), random);
    }
  },
  /** Two of these in a name without accents and hyphens. */
  TWO_TYPOS_IN_CAPITALS(Group.TWO_TYPOS) {
    @Override
    @Nullable String write(String name, Random random) {
      String typed = typos(name, List.of(random.nextInt(4), random.nextInt(4)), random);
      return typed == null ? null : Words.fold(typed).toUpperCase(Locale.ROOT);
    }
  },

  /** The first word and another one in each other's place. */
  SWAPPED(Group.WORDS) {
    @Override
    @Nullable String write(String name, Random random) {
      List<String> words = new ArrayList<>(List.of(name.split("[- ]+")));
      if (words.size() < 2 || name.contains("(")) {
        return null;
      }
      Collections.swap(words, 0, 1 + random.nextInt(words.size() - 1));
      return String.join(" ", words);
    }
  },
  /** The last word before the others. */
  TURNED(Group.WORDS) {
    @Override
    @Nullable String write(String name, Random random) {
      List<String> words = new ArrayList<>(List.of(name.split("[- ]+")));
      if (words.size() < 2 || name.contains("(")) {
        return null;
      }
      Collections.rotate(words, 1);
      return String.join(" ", words);
    }
  },
  /** No article before the name. */
  NO_ARTICLE(Group.WORDS) {
    @Override
    @Nullable String write(String name, Random random) {
      return replace(ARTICLE, name, m -> m.group(3));
    }
  },
  /** None of the small words within the name. */
  NO_SMALL_WORDS(Group.WORDS) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.replaceAll("(?i)([- ])(?:(?:de|du|des|la|le|les|en|sur|sous|lès|et)[- ])+", "$1");
    }
  },
  /** The usual abbreviation of sur: "Chalon s/ Saône". */
  SUR(Group.WORDS) {
    @Override
    @Nullable String write(String name, Random random) {
      return name.replaceAll("(?i)[- ]sur[- ]", random.nextBoolean() ? " s/ " : " s/");
    }
  },
  /** An EPCI without its nature, or with it behind. */
  NATURE_BEHIND(Group.WORDS) {
    @Override
    @Nullable String write(String name, Random random) {
      Matcher nature =
          Pattern.compile("(CC|CA|CU|Métropole) (?:de la |du |des |de |d'|de l')?(.+)")
              .matcher(name);
      return nature.matches()
          ? nature.group(2) + (random.nextBoolean() ? "" : " " + nature.group(1))
          : null;
    }
  },

  /** Nothing: what somebody wrote, which is more than the name. */
  AS_WRITTEN_WITH_MORE(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return named.text().equals(named.name())
          ? Optional.empty()
          : Optional.of(new Written(this, named.text(), named.name(), null));
    }
  },
  /** The code of the département in parentheses. */
  DEPARTEMENT_BEHIND(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return place(named, named.departement(), "%s (%s)");
    }
  },
  /** The code of the département after the name. */
  DEPARTEMENT_AFTER(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return place(named, named.departement(), "%s %s");
    }
  },
  /** The code of the département first. */
  DEPARTEMENT_BEFORE(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return place(named, named.departement(), "%2$s - %1$s");
    }
  },
  /** The postal code before the name. */
  POSTAL_CODE_BEFORE(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return place(named, named.postalCode(), "%2$s %1$s");
    }
  },
  /** The postal code behind the name. */
  POSTAL_CODE_BEHIND(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return place(named, named.postalCode(), random.nextBoolean() ? "%s %s" : "%s (%s)");
    }
  },
  /** The postal code of a firm that gets much mail, which no list of communes has, and CEDEX. */
  POSTAL_CODE_CEDEX(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      return place(
          named, named.bulkCode(), random.nextBoolean() ? "%2$s %1$s CEDEX" : "%2$s %1$s CEDEX 2");
    }
  },
  /** CEDEX behind the name, perhaps with its number. */
  CEDEX(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      String text =
          named.name() + List.of(" CEDEX", " cedex 2", " CEDEX 09").get(random.nextInt(3));
      return isCommune(named)
          ? Optional.of(new Written(this, text, named.name(), null))
          : Optional.empty();
    }
  },
  /** What the authority calls itself: "Ville de Lyon", "Mairie du Havre". */
  AUTHORITY(Group.CONTEXT) {
    @Override
    Optional<Written> write(NamedCode named, Random random) {
      if (!isCommune(named) || named.name().contains("(")) {
        return Optional.empty();
      }
      String what = List.of("Commune", "Ville", "Mairie", "COMMUNE").get(random.nextInt(4));
      String name = named.name();
      Matcher le = Pattern.compile("(?i)(le|les)[- ](.+)").matcher(name);
      String of =
          "AEIOUYÉÈÊÎÔŒH".indexOf(Character.toUpperCase(name.charAt(0))) >= 0 ? " d'" : " de ";
      if (le.matches()) {
        of = le.group(1).length() == 2 ? " du " : " des ";
        name = le.group(2);
      }
      return Optional.of(new Written(this, what + of + name, name, null));
    }
  };

  /** The kinds of damage that are told apart in the figures. */
  enum Group {
    EXACT("exact variants"),
    ONE_TYPO("one typo"),
    TWO_TYPOS("two typos"),
    WORDS("words"),
    CONTEXT("context in text");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    /** What it is called in tables. */
    String title() {
      return title;
    }
  }

  /**
   * A name written otherwise.
   *
   * @param damage the rule
   * @param text the whole text
   * @param name the part of the text that is the name
   * @param departement the département that the text tells; null where it tells none
   */
  record Written(Damage damage, String text, String name, @Nullable String departement) {}

  /** The rules that few names know: they are drawn more often than chance would. */
  private static final Set<Damage> RARE =
      EnumSet.of(
          APOSTROPHE,
          SAINT,
          LIGATURE,
          ARTICLE_BEHIND,
          NATURE,
          ARRONDISSEMENT,
          NO_ARTICLE,
          NO_SMALL_WORDS,
          SUR,
          NATURE_BEHIND);

  /** The rules that make no sense of a number with a word behind it. */
  private static final Set<Damage> NOT_OF_NUMBERS =
      EnumSet.of(SWAPPED, TURNED, NO_ARTICLE, NO_SMALL_WORDS);

  private static final Set<Damage> WHOLE = EnumSet.of(AS_WRITTEN, AS_WRITTEN_WITH_MORE);
  private static final Pattern SAINT_LONG = Pattern.compile("(?<!\\p{L})([Ss])(ainte?|AINTE?)[- ]");
  private static final Pattern SAINT_SHORT =
      Pattern.compile("(?<!\\p{L})([Ss])(te?|TE?)(\\. |[- ])");
  private static final Pattern ARTICLE =
      Pattern.compile("^(le|la|les|l)([- ]|['’] ?)([^- ].*[^)])$", Pattern.CASE_INSENSITIVE);
  private static final Pattern NUMBERED =
      Pattern.compile("(\\p{L}+) (\\d+)(?:er|e) Arrondissement");
  private static final Map<String, String> NATURES =
      Map.of(
          "CC", "Communauté de communes",
          "CA", "Communauté d'agglomération",
          "CU", "Communauté urbaine",
          "Communauté de communes", "CC",
          "Communauté d'agglomération", "CA",
          "Communauté urbaine", "CU");

  /** A name is long enough for a typo from so many letters on. */
  private static final int LEAST_FOR_ONE = 5;

  private static final int LEAST_FOR_TWO = 8;

  private final Group group;

  Damage(Group group) {
    this.group = group;
  }

  /** What kind of damage it is. */
  Group group() {
    return group;
  }

  @Nullable String write(String name, Random random) {
    throw new IllegalStateException("the rule says how it writes names");
  }

  /** A name written so; empty where the rule does not apply. */
  Optional<Written> write(NamedCode named, Random random) {
    if (this == ARRONDISSEMENT != named.referential().startsWith("arrondissements")
        && (this == ARRONDISSEMENT || NOT_OF_NUMBERS.contains(this))) {
      return Optional.empty();
    }
    if (this == JOINED && !isCommune(named)) {
      return Optional.empty();
    }
    String text = write(named.name(), random);
    return text == null || text.isBlank() || text.equals(named.name())
        ? Optional.empty()
        : Optional.of(new Written(this, text, text, null));
  }

  /**
   * A name as it is, and once for each kind of damage written by one of its rules that apply.
   *
   * @param seed what makes the draw another one
   */
  static List<Written> writeAll(NamedCode named, long seed) {
    List<Written> all = new ArrayList<>();
    AS_WRITTEN.write(named, new Random(seed)).ifPresent(all::add);
    AS_WRITTEN_WITH_MORE.write(named, new Random(seed)).ifPresent(all::add);
    for (Group group : Group.values()) {
      Random random =
          new Random(seed * 31 + (named.name() + named.code() + group).hashCode() * 7919L);
      List<Damage> rules =
          new ArrayList<>(
              Arrays.stream(values()).filter(d -> d.group == group && !WHOLE.contains(d)).toList());
      Collections.shuffle(rules, random);
      if (random.nextBoolean()) {
        rules.sort(Comparator.comparing(rule -> !RARE.contains(rule)));
      }
      rules.stream()
          .map(rule -> rule.write(named, random))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(all::add);
    }
    return all;
  }

  private static boolean isCommune(NamedCode named) {
    return named.referential().equals("communes");
  }

  Optional<Written> place(NamedCode named, @Nullable String place, String form) {
    return place == null || !isCommune(named)
        ? Optional.empty()
        : Optional.of(
            new Written(
                this, String.format(form, named.name(), place), named.name(), named.departement()));
  }

  private static String replace(Pattern pattern, String name, Function<Matcher, String> by) {
    Matcher matcher = pattern.matcher(name);
    StringBuilder after = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(after, Matcher.quoteReplacement(by.apply(matcher)));
    }
    return matcher.appendTail(after).toString();
  }

  private static String withoutAccents(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{Mn}", "");
  }

  /** A name with typos of some kinds: their places and letters are drawn. */
  private static @Nullable String typos(String name, List<Integer> kinds, Random random) {
    long letters = name.chars().filter(Character::isLetter).count();
    if (letters < (kinds.size() == 1 ? LEAST_FOR_ONE : LEAST_FOR_TWO)) {
      return null;
    }
    for (int attempt = 0; attempt < 50; attempt++) {
      String after = name;
      for (int kind : kinds) {
        after = typo(after, kind, random);
      }
      if (SpellingDistance.between(Words.fold(name), Words.fold(after)) == kinds.size()
          && SpellingDistance.between(Words.bare(name), Words.bare(after)) == kinds.size()) {
        return after;
      }
    }
    return null;
  }

  private static String typo(String name, int kind, Random random) {
    int[] places =
        IntStream.range(0, name.length()).filter(i -> Character.isLetter(name.charAt(i))).toArray();
    int at = places[random.nextInt(places.length)];
    char drawn = (char) ('a' + random.nextInt(26));
    boolean capital =
        Character.isUpperCase(name.charAt(at))
            && (at == 0 || name.equals(name.toUpperCase(Locale.FRENCH)));
    String letter = String.valueOf(capital ? Character.toUpperCase(drawn) : drawn);
    String before = name.substring(0, at);
    String behind = name.substring(at + 1);
    return switch (kind) {
      case 0 -> before + letter + behind;
      case 1 -> before + name.charAt(at) + letter + behind;
      case 2 -> before + behind;
      default ->
          behind.isEmpty() || !Character.isLetter(behind.charAt(0))
              ? name
              : before + behind.charAt(0) + name.charAt(at) + behind.substring(1);
    };
  }
}
