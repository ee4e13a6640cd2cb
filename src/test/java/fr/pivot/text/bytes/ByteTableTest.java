package fr.pivot.text.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** A table answers what was put under the same bytes, wherever they stand. */
class ByteTableTest {

  @Property(tries = 300)
  void bytes_are_found_again_whatever_their_length(
      @ForAll @Size(max = 600) List<@Size(max = 20) byte[]> keys) {
    ByteTable<Integer> table = new ByteTable<>(1 << 16);
    Map<List<Byte>, Integer> expected = new HashMap<>();
    for (byte[] key : keys) {
      Integer before = expected.putIfAbsent(list(key), expected.size());
      if (before == null) {
        table.put(key, 0, key.length, expected.size() - 1);
      }
    }
    for (byte[] key : keys) {
      byte[] amid = new byte[key.length + 12];
      System.arraycopy(key, 0, amid, 3, key.length);
      assertThat(table.get(amid, 3, 3 + key.length)).isEqualTo(expected.get(list(key)));
    }
  }

  @Property(tries = 100)
  void a_full_table_forgets(@ForAll @Size(min = 9, max = 9) byte[] key) {
    ByteTable<String> table = new ByteTable<>(1);
    table.put(key, 0, 9, "first");
    assertThat(table.get(key, 0, 9)).isEqualTo("first");
    table.put(key, 0, 8, "second");
    assertThat(table.get(key, 0, 9)).isNull();
    assertThat(table.get(key, 0, 8)).isEqualTo("second");
  }

  private static List<Byte> list(byte[] bytes) {
    List<Byte> list = new java.util.ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }
}
