package fr.pivot.registry.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Packed texts answer as strings do. */
class PackedTextsTest {

  private static final List<String> TEXTS =
      List.of(
          "",
          "01",
          "01001",
          "0101",
          "2A004",
          "Œuilly",
          "L'Haÿ-les-Roses",
          "Hâ",
          "é",
          "東京",
          "\uFFFD",
          "😀",
          "😀a",
          "?");

  /** Not in the packed texts; the last two are no text that UTF-8 can write. */
  private static final List<String> OTHERS =
      List.of("0", "01002", "2a004", "Œ", "Œuill", "Œuillyz", "ê", "東", "zz", "\uD83D", "\uDE00");

  private static PackedTexts pack(Iterable<String> texts) {
    PackedTexts.Builder builder = new PackedTexts.Builder();
    texts.forEach(builder::add);
    return builder.build();
  }

  @Test
  void each_text_comes_back_with_its_length_and_its_hash() {
    PackedTexts packed = pack(TEXTS);
    assertThat(packed.size()).isEqualTo(TEXTS.size());
    for (int i = 0; i < TEXTS.size(); i++) {
      String text = TEXTS.get(i);
      assertThat(packed.get(i)).isEqualTo(text);
      assertThat(packed.length(i)).as(text).isEqualTo(text.length());
      assertThat(packed.hash(i)).as(text).isEqualTo(text.hashCode());
      assertThat(packed.isPlain(i)).as(text).isEqualTo(text.matches("[0-9A-Z]*"));
    }
  }

  @Test
  void texts_are_equal_and_begin_as_strings_do() {
    PackedTexts packed = pack(TEXTS);
    List<String> all = new ArrayList<>(TEXTS);
    all.addAll(OTHERS);
    for (int i = 0; i < TEXTS.size(); i++) {
      for (String other : all) {
        assertThat(packed.is(i, other)).as(other).isEqualTo(TEXTS.get(i).equals(other));
        assertThat(packed.beginsWith(i, other)).as(other).isEqualTo(TEXTS.get(i).startsWith(other));
      }
    }
  }

  @Test
  void texts_in_the_order_of_code_points_are_found_and_others_have_their_place() {
    Comparator<String> order =
        (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    TreeSet<String> sorted = new TreeSet<>(order);
    sorted.addAll(TEXTS);
    List<String> list = List.copyOf(sorted);
    PackedTexts packed = pack(list);
    for (int i = 0; i < list.size(); i++) {
      assertThat(packed.find(list.get(i))).isEqualTo(i);
    }
    for (String other : OTHERS) {
      boolean written = StandardCharsets.UTF_8.newEncoder().canEncode(other);
      int found = packed.find(other);
      assertThat(found).as(other).isNegative();
      if (written) {
        assertThat(-found - 1).as(other).isEqualTo(sorted.headSet(other).size());
      }
    }
  }

  @Test
  void many_texts_are_packed_one_after_the_other() {
    List<String> many = IntStream.range(0, 50_000).mapToObj(i -> "n°" + i).toList();
    PackedTexts packed = pack(many);
    assertThat(IntStream.range(0, packed.size()).mapToObj(packed::get)).isEqualTo(many);
  }

  @Test
  void a_column_keeps_each_text_once_and_rows_without() {
    TextColumn.Builder builder = new TextColumn.Builder();
    List<String> rows = List.of("b", "é", "b", "a", "é");
    rows.forEach(builder::add);
    builder.fill(7);
    TextColumn sorted = builder.buildSorted();
    TextColumn asTheyCame = readBack(builder.build());
    for (TextColumn column : List.of(sorted, asTheyCame, readBack(sorted))) {
      assertThat(column.size()).isEqualTo(7);
      assertThat(column.countTexts()).isEqualTo(3);
      for (int row = 0; row < rows.size(); row++) {
        assertThat(column.get(row)).isEqualTo(rows.get(row));
        assertThat(column.length(row)).isEqualTo(1);
      }
      assertThat(column.getOrNull(5)).isNull();
      assertThat(column.number(6)).isNegative();
    }
    assertThat(sorted.find("é")).isEqualTo(sorted.number(1)).isEqualTo(2);
    assertThat(sorted.find("e")).isNegative();
  }

  private static TextColumn readBack(TextColumn column) {
    ColumnWriter columns = new ColumnWriter();
    column.writeTo(columns);
    return TextColumn.readFrom(new ColumnReader(ByteBuffer.wrap(columns.toBytes())));
  }
}
