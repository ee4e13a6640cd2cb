package fr.pivot.text.sheet;

import fr.pivot.finding.Place;
import java.util.BitSet;
import java.util.List;

/**
 * A row of a spreadsheet.
 *
 * @param file the file's name
 * @param line the line or row it begins on, from 1, as a person counts
 * @param texts what the cells say, without the spaces around it; empty where a cell is
 * @param numbers which cells the spreadsheet stores as numbers
 */
public record Cells(String file, long line, List<String> texts, BitSet numbers) {

  /** Keeps copies that nobody can change. */
  public Cells {
    texts = texts.stream().map(String::strip).toList();
    numbers = (BitSet) numbers.clone();
  }

  /** The text of a cell, from 0; empty beyond the last one. */
  public String get(int index) {
    return index < texts.size() ? texts.get(index) : "";
  }

  /** Whether the spreadsheet stores a number in a cell. */
  public boolean isNumber(int index) {
    return numbers.get(index);
  }

  /** Whether no cell says anything. */
  public boolean isEmpty() {
    return texts.stream().allMatch(String::isEmpty);
  }

  /** Where the row stands. */
  public Place place() {
    return new Place(file, line, null);
  }
}
