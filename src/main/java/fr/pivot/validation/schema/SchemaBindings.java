package fr.pivot.validation.schema;

import fr.pivot.catalog.Reference;
import fr.pivot.referential.Referential;
import fr.pivot.text.Words;
import fr.pivot.validation.schema.TableSchema.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which fields of a schema hold codes of a referential. A field says so by a member of its
 * own, or by its name or title; by words within its title or description only where a pattern, a
 * length or an example confirms them. A pattern alone says nothing: fourteen digits may be a SIRET
 * or the number of an electricity meter.
 */
public final class SchemaBindings {

  /** Why a field is bound. */
  public enum Reason {
    /** It names a reference itself. */
    STATED,
    /** Its name is one under which files carry the codes. */
    NAME,
    /** Its title is such a name. */
    TITLE,
    /** Its name, title or description contains such a name, and its form confirms it. */
    WORDS
  }

  /**
   * A field that holds codes.
   *
   * @param references of what; several where it may be any of them, in the order of their ids
   */
  public record Binding(Field field, List<Reference> references, Reason reason) {}

  private static final Set<String> TYPES_OF_CODES = Set.of("string", "any", "integer", "number");

  /** The reference in the address of a referential or of one of its codes. */
  private static final Pattern ADDRESS = Pattern.compile("/(?:referentials|id)/([^/?#]+)");

  /** Pieces of an example that shows several values. */
  private static final Pattern BETWEEN_EXAMPLES = Pattern.compile("[;|,\\s]+");

  /** Shorter names stand in sentences by chance. */
  private static final int SHORTEST_WORD = 3;

  private final Map<String, Referential> referentials = new LinkedHashMap<>();
  private final Map<String, List<Referential>> named = new LinkedHashMap<>();

  /** Binds to these referentials. */
  public SchemaBindings(Collection<Referential> referentials) {
    referentials.stream()
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .forEach(
            referential -> {
              this.referentials.put(referential.id(), referential);
              for (String header : referential.headers()) {
                named.computeIfAbsent(Words.bare(header), _ -> new ArrayList<>()).add(referential);
              }
            });
  }

  /** The fields that hold codes, in the order of the schema. */
  public List<Binding> list(TableSchema schema) {
    return schema.fields().stream().map(this::find).flatMap(Optional::stream).toList();
  }

  /** What a field holds codes of; empty where nothing says that it does. */
  public Optional<Binding> find(Field field) {
    Optional<Reference> stated = stated(field.referential());
    if (stated.isPresent()) {
      return Optional.of(new Binding(field, List.of(stated.get()), Reason.STATED));
    }
    if (!TYPES_OF_CODES.contains(field.type())) {
      return Optional.empty();
    }
    return binding(field, named.get(Words.bare(field.name())), Reason.NAME)
        .or(() -> binding(field, named.get(Words.bare(text(field.title()))), Reason.TITLE))
        .or(() -> findByWords(field));
  }

  private Optional<Reference> stated(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher address = ADDRESS.matcher(text);
    return Reference.parse(address.find() ? address.group(1) : text)
        .filter(reference -> referentials.containsKey(reference.referential()));
  }

  private Optional<Binding> findByWords(Field field) {
    for (String text : List.of(field.name(), text(field.title()), text(field.description()))) {
      List<Referential> candidates = new ArrayList<>();
      int longest = 0;
      String[] words = Words.fold(text).split(" ", -1);
      for (int start = 0; start < words.length; start++) {
        StringBuilder name = new StringBuilder();
        for (int end = start; end < Math.min(words.length, start + 8); end++) {
          name.append(words[end]);
          if (name.length() < Math.max(SHORTEST_WORD, longest)) {
            continue;
          }
          for (Referential referential : named.getOrDefault(name.toString(), List.of())) {
            if (isConfirmed(field, referential)) {
              if (name.length() > longest) {
                longest = name.length();
                candidates.clear();
              }
              if (!candidates.contains(referential)) {
                candidates.add(referential);
              }
            }
          }
        }
      }
      Optional<Binding> binding = binding(field, candidates, Reason.WORDS);
      if (binding.isPresent()) {
        return binding;
      }
    }
    return Optional.empty();
  }

  private static Optional<Binding> binding(
      Field field, @Nullable List<Referential> candidates, Reason reason) {
    if (candidates == null) {
      return Optional.empty();
    }
    List<Reference> references =
        candidates.stream()
            .filter(referential -> isPossible(field, referential))
            .map(Referential::id)
            .sorted()
            .map(Reference::latest)
            .toList();
    return references.isEmpty()
        ? Optional.empty()
        : Optional.of(new Binding(field, references, reason));
  }

  /** Whether nothing that a field says of its values excludes the codes of a referential. */
  private static boolean isPossible(Field field, Referential referential) {
    List<String> spellings = spellings(referential);
    boolean choices =
        field.choices().isEmpty()
            || field.choices().stream().anyMatch(c -> resembles(referential, c));
    return choices
        && spellings.stream().anyMatch(spelling -> isAllowed(field, spelling))
        && (field.example() == null || showsCode(field, referential));
  }

  /** Whether something that a field says of its values has the form of those codes. */
  private static boolean isConfirmed(Field field, Referential referential) {
    return isPossible(field, referential)
        && (field.pattern() != null
            || field.example() != null
            || !field.choices().isEmpty()
            || (field.minLength() != null && field.minLength().equals(field.maxLength())));
  }

  private static boolean isAllowed(Field field, String value) {
    return (field.pattern() == null || field.pattern().matches(value))
        && (field.minLength() == null || value.length() >= field.minLength())
        && (field.maxLength() == null || value.length() <= field.maxLength());
  }

  private static boolean showsCode(Field field, Referential referential) {
    return BETWEEN_EXAMPLES
        .splitAsStream(text(field.example()))
        .anyMatch(piece -> resembles(referential, piece));
  }

  /** Whether a text is written as codes are, or as people write them without punctuation. */
  private static boolean resembles(Referential referential, String text) {
    return referential.pattern().matcher(text).matches()
        || shape(Words.bare(text)).equals(shape(Words.bare(referential.example())));
  }

  /** The example of a referential, and how people write it without punctuation. */
  private static List<String> spellings(Referential referential) {
    String example = referential.example();
    String bare = Words.bare(example);
    return List.of(example, bare, bare.toUpperCase(Locale.ROOT));
  }

  private static String shape(String bare) {
    StringBuilder shape = new StringBuilder();
    bare.chars().forEach(c -> shape.append(Character.isDigit(c) ? '9' : 'a'));
    return shape.toString();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
