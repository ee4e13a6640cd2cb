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
   * The codes that begin like one, where a code is but a hint at a place: a CEDEX code, which is
   * not listed, is near the postal codes that share its first digits. Those are two of a
   * département, and three overseas ({@code 974}).
   *
   * @param open how many of its last digits may differ
   */
  List<String> listBeside(Point point, Referential around, String value, int open) {
    Codes codes = registry.findCodes(around.id()).orElse(null);
    String text = value.strip();
    boolean hint =
        point.referential().findLink(around.id()).filter(LinkType::many).isPresent()
            && text.length() == around.example().length()
            && text.length() > open
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (codes == null || !hint) {
      return List.of();
    }
    String beginning = text.substring(0, text.length() - open);
    return codes.listBeginning(beginning, Integer.MAX_VALUE);
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
