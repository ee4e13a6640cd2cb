package fr.pivot.search;

import fr.pivot.catalog.Release;
import fr.pivot.referential.LinkType;
import fr.pivot.referential.Referential;
import fr.pivot.registry.Codes;
import fr.pivot.registry.NameWords;
import fr.pivot.registry.Point;
import fr.pivot.registry.Registry;
import fr.pivot.search.index.NameIndex;
import fr.pivot.search.index.NameIndexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The codes of a referential that a text beside a name stands for. */
final class MeantCodes {

  /** How many of its last digits a code that is not listed may not share with those beside it. */
  private static final int OPEN = 2;

  private final Registry registry;
  private final NameIndexes indexes;

  MeantCodes(Registry registry, NameIndexes indexes) {
    this.registry = registry;
    this.indexes = indexes;
  }

  /** The codes that a value stands for: itself, with its lost zeros, or what is called so. */
  List<String> listCodes(Point point, Referential referential, String value) {
    String text = value.strip();
    Codes codes = registry.findCodes(referential.id()).orElse(null);
    if (text.isEmpty() || codes == null) {
      return List.of();
    }
    int open = text.lastIndexOf('(');
    if (open > 0 && text.endsWith(")")) {
      List<String> aside =
          listCodes(point, referential, text.substring(open + 1, text.length() - 1));
      return aside.isEmpty() ? listCodes(point, referential, text.substring(0, open)) : aside;
    }
    Optional<String> code = findCode(referential, codes, text);
    if (code.isPresent()) {
      return List.of(code.get());
    }
    return findByName(point, referential, text);
  }

  /** The codes of a referential that are called so on the day. */
  List<String> findByName(Point point, Referential referential, String text) {
    NameIndex index = indexes.get(referential.id());
    Release release = registry.catalog().findBeside(point.release(), referential.id()).orElse(null);
    if (index == null || release == null) {
      return List.of();
    }
    NameWords name = NameWords.of(text);
    int key = index.find(name.bare());
    if (key < 0) {
      key = index.find(name.withoutBody().bare());
    }
    if (key < 0) {
      return List.of();
    }
    List<String> codes = new ArrayList<>();
    for (int i = index.firstName(key); i < index.firstName(key + 1); i++) {
      String one = index.codes().code(index.rank(i));
      if (index.codes().codes().isInForce(one, release, point.date()) && !codes.contains(one)) {
        codes.add(one);
      }
    }
    return codes;
  }

  /**
   * The codes that begin like one but for its last digits, where a code is but a hint at a place: a
   * CEDEX code, which is not listed, is near the postal codes that share its first digits.
   */
  List<String> listBeside(Point point, Referential around, String value) {
    String text = value.strip();
    return text.length() > OPEN && isHint(point, around, text)
        ? listBeginning(around, text.substring(0, text.length() - OPEN))
        : List.of();
  }

  /** The codes in the area of one, where a code is but a hint at a place. */
  List<String> listInArea(Point point, Referential around, String value) {
    String text = value.strip();
    return isHint(point, around, text)
        ? around
            .usage()
            .findArea(text)
            .map(beginning -> listBeginning(around, beginning))
            .orElse(List.of())
        : List.of();
  }

  private static boolean isHint(Point point, Referential around, String text) {
    return point.referential().findLink(around.id()).filter(LinkType::many).isPresent()
        && text.length() == around.example().length()
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private List<String> listBeginning(Referential around, String beginning) {
    return registry
        .findCodes(around.id())
        .map(codes -> codes.listBeginning(beginning, Integer.MAX_VALUE))
        .orElse(List.of());
  }

  private static Optional<String> findCode(Referential referential, Codes codes, String text) {
    Optional<String> code = codes.findCanonical(text);
    int missing = referential.example().length() - text.length();
    if (code.isEmpty()
        && missing > 0
        && missing < referential.example().length()
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      code = codes.findCanonical("0".repeat(missing) + text);
    }
    if (code.isEmpty() && text.length() > 1 && text.charAt(0) == '0') {
      // The Ministry of the Interior writes 093 for 93.
      code = codes.findCanonical(text.substring(1));
    }
    return code;
  }
}
