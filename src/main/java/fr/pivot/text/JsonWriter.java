package fr.pivot.text;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON straight into bytes. It knows what a member is and where commas go; it trusts its
 * caller to begin and end what belongs together.
 */
public final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  private byte[] bytes;
  private int size;
  private boolean comma;

  /** Begins with room for a short answer. */
  public JsonWriter() {
    this(1024);
  }

  /** Begins with room for so many bytes. */
  public JsonWriter(int capacity) {
    bytes = new byte[capacity];
  }

  /** Opens an object. */
  public JsonWriter beginObject() {
    return open('{');
  }

  /** Closes an object. */
  public JsonWriter endObject() {
    return close('}');
  }

  /** Opens an array. */
  public JsonWriter beginArray() {
    return open('[');
  }

  /** Closes an array. */
  public JsonWriter endArray() {
    return close(']');
  }

  private JsonWriter open(char bracket) {
    separate();
    append((byte) bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    append((byte) bracket);
    comma = true;
    return this;
  }

  /** Names the next value. */
  public JsonWriter name(String name) {
    separate();
    text(name);
    bytes[size++] = ':';
    comma = false;
    return this;
  }

  /** Writes a member that is a text, or null. */
  public JsonWriter member(String name, @Nullable String value) {
    return name(name).string(value);
  }

  /** Writes a member that is a number. */
  public JsonWriter member(String name, long value) {
    return name(name).number(value);
  }

  /** Writes a member that is true or false. */
  public JsonWriter member(String name, boolean value) {
    return name(name).value(value);
  }

  /** Writes a member that is a date, or null. */
  public JsonWriter member(String name, @Nullable LocalDate value) {
    return name(name).date(value);
  }

  /** Writes a text, or null. */
  public JsonWriter string(@Nullable String value) {
    separate();
    if (value == null) {
      append(NULL);
    } else {
      text(value);
    }
    comma = true;
    return this;
  }

  /** Writes a date, or null. */
  public JsonWriter date(@Nullable LocalDate value) {
    separate();
    if (value == null) {
      append(NULL);
    } else if (value.getYear() >= 0 && value.getYear() <= 9999) {
      ensure(12);
      bytes[size++] = '"';
      digits(value.getYear(), 4);
      bytes[size++] = '-';
      digits(value.getMonthValue(), 2);
      bytes[size++] = '-';
      digits(value.getDayOfMonth(), 2);
      bytes[size++] = '"';
    } else {
      text(value.toString());
    }
    comma = true;
    return this;
  }

  private void digits(int number, int count) {
    int rest = number;
    for (int i = count - 1; i >= 0; i--) {
      bytes[size + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += count;
  }

  /** Writes a number. */
  public JsonWriter number(long value) {
    separate();
    append(Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    comma = true;
    return this;
  }

  /** Writes a number that is already in the notation of JSON. */
  public JsonWriter decimal(String digits) {
    separate();
    append(digits.getBytes(StandardCharsets.US_ASCII));
    comma = true;
    return this;
  }

  /** Writes any value made of texts, numbers, booleans, dates, nulls, lists and maps. */
  public JsonWriter value(@Nullable Object value) {
    switch (value) {
      case null -> string(null);
      case String text -> string(text);
      case LocalDate date -> date(date);
      case Integer number -> number(number);
      case Long number -> number(number);
      case Boolean truth -> {
        separate();
        append(truth ? TRUE : FALSE);
        comma = true;
      }
      case Map<?, ?> map -> {
        beginObject();
        map.forEach((name, member) -> name(String.valueOf(name)).value(member));
        endObject();
      }
      case Iterable<?> list -> {
        beginArray();
        list.forEach(this::value);
        endArray();
      }
      default -> string(value.toString());
    }
    return this;
  }

  /** Ends a line, as NDJSON wants it; the next value begins afresh. */
  public JsonWriter endLine() {
    append((byte) '\n');
    comma = false;
    return this;
  }

  /** Goes on after a value that was written elsewhere: the next one is separated from it. */
  public JsonWriter afterValue() {
    comma = true;
    return this;
  }

  /** Writes a value that another writer took, as it is. */
  public JsonWriter written(byte[] value) {
    separate();
    append(value);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      append((byte) ',');
    }
  }

  private void text(String value) {
    int length = value.length();
    // The quotes, and a colon where it is a name.
    ensure(length * 3 + 3);
    byte[] to = bytes;
    int at = size;
    to[at++] = '"';
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= 0x20 && c < 0x80) {
        if (c == '"' || c == '\\') {
          size = at;
          ensure((length - i) * 3 + 9);
          to = bytes;
          to[at++] = '\\';
        }
        to[at++] = (byte) c;
      } else if (c < 0x20) {
        size = at;
        ensure((length - i) * 3 + 9);
        to = bytes;
        to[at++] = '\\';
        to[at++] = 'u';
        to[at++] = '0';
        to[at++] = '0';
        to[at++] = HEX[c >> 4];
        to[at++] = HEX[c & 15];
      } else if (c < 0x800) {
        to[at++] = (byte) (0xC0 | c >> 6);
        to[at++] = (byte) (0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        to[at++] = (byte) (0xF0 | point >> 18);
        to[at++] = (byte) (0x80 | point >> 12 & 0x3F);
        to[at++] = (byte) (0x80 | point >> 6 & 0x3F);
        to[at++] = (byte) (0x80 | point & 0x3F);
      } else {
        char whole = Character.isSurrogate(c) ? '\uFFFD' : c;
        to[at++] = (byte) (0xE0 | whole >> 12);
        to[at++] = (byte) (0x80 | whole >> 6 & 0x3F);
        to[at++] = (byte) (0x80 | whole & 0x3F);
      }
    }
    to[at++] = '"';
    size = at;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }

  private void append(byte one) {
    ensure(1);
    bytes[size++] = one;
  }

  private void append(byte[] some) {
    ensure(some.length);
    System.arraycopy(some, 0, bytes, size, some.length);
    size += some.length;
  }

  /** How many bytes have been written since the beginning or the last {@link #take}. */
  public int size() {
    return size;
  }

  /** The same of a whole value; the next one begins afresh. */
  public byte[] takeValue() {
    comma = false;
    return take();
  }

  /** The bytes written since the beginning or the last call. */
  public byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, size);
    size = 0;
    return taken;
  }
}
