package fr.pivot.search.index;

import fr.pivot.catalog.Release;
import fr.pivot.referential.Validity;
import fr.pivot.registry.Codes;
import fr.pivot.registry.memory.Codebook;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The codes that the names of an index belong to, by numbers: a <em>rank</em> for each code, in the
 * order of code points, and for each state of a code a <em>row</em>, by date. Names are compared by
 * the hundred thousand, which leaves no time for an object each.
 */
public final class IndexedCodes {

  private final Codebook book;

  IndexedCodes(Codebook book) {
    this.book = book;
  }

  /** The same codes for whoever has time. */
  public Codes codes() {
    return book;
  }

  /** Whether the codes of a referential are these. */
  boolean isOf(Codes codes) {
    return codes == book;
  }

  /** How many codes there are; ranks are below. */
  public int size() {
    return book.size();
  }

  /** The code at a rank. */
  public String code(int rank) {
    return book.code(rank);
  }

  /** The rank of a code; negative where there is none. */
  public int rank(String code) {
    return book.rank(code);
  }

  /** The rank of the first code that does not come before a text. */
  public int firstRank(String beginning) {
    return book.firstRank(beginning);
  }

  /** Whether the code at a rank begins with a text. */
  public boolean beginsWith(int rank, String beginning) {
    return book.beginsWith(rank, beginning);
  }

  /** The first row of the code at a rank; they end where those of the next rank begin. */
  public int firstRow(int rank) {
    return book.firstRow(rank);
  }

  /** What a row calls its code. */
  public String label(int row) {
    return book.label(row);
  }

  /** How many letters the label of a row has. */
  public int labelLength(int row) {
    return book.labelLength(row);
  }

  /** What a row calls its code in a language; its label where it has no other. */
  public String label(int row, String language) {
    String other = book.label(row, language);
    return other == null ? book.label(row) : other;
  }

  /** What a row calls its code in other languages, by language. */
  Map<String, String> otherLabels(int row) {
    return book.otherLabels(row);
  }

  /** The attributes of a row. */
  public Map<String, String> attributes(int row) {
    return book.attributes(row);
  }

  /** The names of all attributes that some row has. */
  public Set<String> listAttributes() {
    Set<String> names = new TreeSet<>();
    for (int row = 0; row < book.firstRow(book.size()); row++) {
      names.addAll(book.attributes(row).keySet());
    }
    return names;
  }

  /** The rank of the level of a row, the highest level first. */
  public int levelRank(int row) {
    return book.levelRank(row);
  }

  /** Whether a release states a row. */
  public boolean isStated(int row, Release release) {
    return book.isStated(row, release);
  }

  /** Whether a row holds on a day, which counts from 1970-01-01. */
  public boolean holds(int row, int day) {
    return book.holds(row, day);
  }

  /** The validity of a row. */
  public Validity validity(int row) {
    return book.validity(row);
  }

  /** The last figure that any edition states of the code at a rank; 0 where none does. */
  public long lastFigure(int rank, String measure) {
    return book.lastFigure(rank, measure);
  }
}
