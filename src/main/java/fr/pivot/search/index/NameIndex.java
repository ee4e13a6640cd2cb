package fr.pivot.search.index;

import fr.pivot.referential.ShortName;
import fr.pivot.registry.NameWords;
import fr.pivot.registry.memory.Codebook;
import fr.pivot.registry.memory.ColumnReader;
import fr.pivot.registry.memory.ColumnWriter;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * All names that a referential gives or gave its codes, in every edition, ready to be searched:
 * sorted arrays, not an object a name. Immutable; safe for any number of threads.
 *
 * <p>Names that are the same but for accents, case, punctuation, spaces and what is often left out
 * share one <i>key</i>: what is left of a name, in small letters, without spaces. A <i>name</i> is
 * what a code is called in a language; it stands under its key. Keys are sorted, so that those that
 * begin with a text lie side by side.
 */
public final class NameIndex {

  /** The language of a name that has none: that of the referential's own labels. */
  public static final String OWN = "";

  /** The language of a name that is an acronym. */
  public static final String ACRONYM = "*";

  /** The language of a name that is a label without what is said beside it. */
  public static final String PART = "~";

  private static final float LITTLE = 0.3F;

  private static final Pattern ACRONYM_FORM = Pattern.compile("[\\p{Lu}'-]{2,12}");
  private static final Pattern INVERTED =
      Pattern.compile("\\p{Lu}[^,]*|[^,]+ (?:de|du|des|d'|of|the)");

  private final IndexedCodes book;
  private final char[] letters;
  private final int[] letterStart;
  private final int[] wordStart;
  private final int[] wordsOfKeys;
  private final int[] nameStart;
  private final int[] nameRanks;
  private final char[] nameLeads;
  private final byte[] nameLanguages;
  private final int[] rowStart;
  private final int[] rows;
  private final String[] leads;
  private final String[] languages;
  private final String[] words;
  private final float[] tellings;
  private final long[] letterSets;
  private final ByLength keysByLength;
  private final ByLength wordsByLength;
  private final int[] keyStart;
  private final int[] keysOfWords;
  private final int[] keysByRank;
  private final int[] keysOfRankStart;
  private final int[] keyWeights;
  private final int[] heaviest;
  private final int width;

  /** A name that is being collected: a lead, a rank and a language, and the rows that say so. */
  private record Name(int rank, String lead, String language) {}

  private static final class Key {
    List<String> words = List.of();
    final Map<Name, List<Integer>> names = new HashMap<>();
  }

  /** What an index is made of; the rest is worked out. */
  private record Columns(
      String[] words,
      String[] leads,
      String[] languages,
      char[] letters,
      int[] letterStart,
      int[] wordStart,
      int[] wordsOfKeys,
      int[] nameStart,
      int[] nameRanks,
      char[] nameLeads,
      byte[] nameLanguages,
      int[] rowStart,
      int[] rows,
      int[] keyWeights) {

    static Columns readFrom(ColumnReader columns) {
      return new Columns(
          columns.texts(),
          columns.texts(),
          columns.texts(),
          columns.letters(),
          columns.ints(),
          columns.ints(),
          columns.ints(),
          columns.ints(),
          columns.ints(),
          columns.letters(),
          columns.bytes(),
          columns.ints(),
          columns.ints(),
          columns.ints());
    }
  }

  private static Columns collect(IndexedCodes book, TreeMap<String, Key> keys) {
    int count = keys.size();
    TreeSet<String> vocabulary = new TreeSet<>();
    TreeSet<String> allLeads = new TreeSet<>();
    TreeSet<String> allLanguages = new TreeSet<>();
    int letterCount = 0;
    int wordCount = 0;
    int nameCount = 0;
    int rowCount = 0;
    for (Map.Entry<String, Key> entry : keys.entrySet()) {
      letterCount += entry.getKey().length();
      wordCount += entry.getValue().words.size();
      vocabulary.addAll(entry.getValue().words);
      for (Map.Entry<Name, List<Integer>> name : entry.getValue().names.entrySet()) {
        nameCount++;
        rowCount += name.getValue().size();
        allLeads.add(name.getKey().lead());
        allLanguages.add(name.getKey().language());
      }
    }
    String[] words = vocabulary.toArray(String[]::new);
    String[] leads = allLeads.toArray(String[]::new);
    String[] languages = allLanguages.toArray(String[]::new);
    char[] letters = new char[letterCount];
    int[] letterStart = new int[count + 1];
    int[] wordStart = new int[count + 1];
    int[] wordsOfKeys = new int[wordCount];
    int[] nameStart = new int[count + 1];
    int[] nameRanks = new int[nameCount];
    char[] nameLeads = new char[nameCount];
    byte[] nameLanguages = new byte[nameCount];
    int[] rowStart = new int[nameCount + 1];
    int[] rows = new int[rowCount];
    int[] keyWeights = new int[count];
    int key = 0;
    int name = 0;
    for (Map.Entry<String, Key> entry : keys.entrySet()) {
      String bare = entry.getKey();
      bare.getChars(0, bare.length(), letters, letterStart[key]);
      letterStart[key + 1] = letterStart[key] + bare.length();
      wordStart[key + 1] = wordStart[key];
      for (String word : entry.getValue().words) {
        wordsOfKeys[wordStart[key + 1]++] = Arrays.binarySearch(words, word);
      }
      for (Map.Entry<Name, List<Integer>> said : entry.getValue().names.entrySet()) {
        nameRanks[name] = said.getKey().rank();
        nameLeads[name] = (char) Arrays.binarySearch(leads, said.getKey().lead());
        nameLanguages[name] = (byte) Arrays.binarySearch(languages, said.getKey().language());
        rowStart[name + 1] = rowStart[name];
        for (int row : said.getValue()) {
          rows[rowStart[name + 1]++] = row;
        }
        keyWeights[key] = Math.max(keyWeights[key], weight(book, said.getKey().rank()));
        name++;
      }
      nameStart[++key] = name;
    }
    return new Columns(
        words,
        leads,
        languages,
        letters,
        letterStart,
        wordStart,
        wordsOfKeys,
        nameStart,
        nameRanks,
        nameLeads,
        nameLanguages,
        rowStart,
        rows,
        keyWeights);
  }

  private NameIndex(IndexedCodes book, Columns columns) {
    this.book = book;
    words = columns.words();
    leads = columns.leads();
    languages = columns.languages();
    letters = columns.letters();
    letterStart = columns.letterStart();
    wordStart = columns.wordStart();
    wordsOfKeys = columns.wordsOfKeys();
    nameStart = columns.nameStart();
    nameRanks = columns.nameRanks();
    nameLeads = columns.nameLeads();
    nameLanguages = columns.nameLanguages();
    rowStart = columns.rowStart();
    rows = columns.rows();
    keyWeights = columns.keyWeights();
    int count = keyWeights.length;
    letterSets = new long[count];
    Arrays.setAll(
        letterSets,
        key -> Spelling.letters(CharBuffer.wrap(letters, letterStart[key], length(key))));
    keysByLength = new ByLength(count, this::length, key -> letterSets[key]);
    wordsByLength =
        new ByLength(
            words.length, word -> words[word].length(), word -> Spelling.letters(words[word]));
    keyStart = new int[words.length + 1];
    keysOfWords = invert(wordStart, wordsOfKeys, keyStart);
    tellings = new float[words.length];
    for (int word = 0; word < words.length; word++) {
      double rare = Math.log((double) (count + 1) / frequency(word));
      tellings[word] = NameWords.isSmall(words[word]) ? LITTLE : (float) Math.max(LITTLE, rare);
    }
    keysOfRankStart = new int[book.size() + 1];
    keysByRank = invert(nameStart, nameRanks, keysOfRankStart);
    width = Math.max(1, Integer.highestOneBit(Math.max(1, count - 1)) << 1);
    heaviest = new int[2 * width];
    fillHeaviest(count);
  }

  /** Reads what {@link #writeTo} wrote of the same codes. */
  static NameIndex readFrom(Codebook codes, ColumnReader columns) {
    IndexedCodes book = new IndexedCodes(codes);
    if (columns.number() != book.size() || columns.number() != book.firstRow(book.size())) {
      throw new IllegalArgumentException("these are names of other codes");
    }
    return new NameIndex(book, Columns.readFrom(columns));
  }

  /** Writes the index, but for what is worked out. */
  void writeTo(ColumnWriter columns) {
    columns.number(book.size());
    columns.number(book.firstRow(book.size()));
    columns.texts(words);
    columns.texts(leads);
    columns.texts(languages);
    columns.letters(letters);
    columns.ints(letterStart);
    columns.ints(wordStart);
    columns.ints(wordsOfKeys);
    columns.ints(nameStart);
    columns.ints(nameRanks);
    columns.letters(nameLeads);
    columns.bytes(nameLanguages);
    columns.ints(rowStart);
    columns.ints(rows);
    columns.ints(keyWeights);
  }

  /** Of lists of values, one for each of some keys, those of keys, one for each value. */
  private static int[] invert(int[] start, int[] values, int[] valueStart) {
    for (int value : values) {
      valueStart[value + 1]++;
    }
    for (int i = 1; i < valueStart.length; i++) {
      valueStart[i] += valueStart[i - 1];
    }
    int[] next = valueStart.clone();
    int[] keys = new int[values.length];
    for (int key = 0; key + 1 < start.length; key++) {
      for (int i = start[key]; i < start[key + 1]; i++) {
        keys[next[values[i]]++] = key;
      }
    }
    return keys;
  }

  /** Texts by their lengths, with the sets of their letters: what is like another lies near. */
  private static final class ByLength {
    private final int[] texts;
    private final long[] sets;
    private final int[] start;

    ByLength(int count, IntUnaryOperator length, IntToLongFunction letters) {
      int longest = IntStream.range(0, count).map(length).max().orElse(0);
      start = new int[longest + 2];
      for (int i = 0; i < count; i++) {
        start[length.applyAsInt(i) + 1]++;
      }
      for (int i = 1; i < start.length; i++) {
        start[i] += start[i - 1];
      }
      int[] next = start.clone();
      texts = new int[count];
      sets = new long[count];
      for (int i = 0; i < count; i++) {
        int at = next[length.applyAsInt(i)]++;
        texts[at] = i;
        sets[at] = letters.applyAsLong(i);
      }
    }

    void forEachLike(long set, int length, int changes, IntConsumer consumer) {
      int last = Math.min(length + changes, start.length - 2);
      for (int other = Math.max(0, length - changes); other <= last; other++) {
        int most = Spelling.mostApart(changes, length, other);
        for (int i = start[other]; i < start[other + 1]; i++) {
          if (Long.bitCount(set ^ sets[i]) <= most) {
            consumer.accept(texts[i]);
          }
        }
      }
    }
  }

  /**
   * Gives the keys that may be no more than some changes away from a text: their letters and their
   * lengths do not exclude it.
   */
  public void forEachLike(long set, int length, int changes, IntConsumer consumer) {
    keysByLength.forEachLike(set, length, changes, consumer);
  }

  /** Gives the words that may be no more than some changes away from a text, the same way. */
  void forEachWordLike(long set, int length, int changes, IntConsumer consumer) {
    wordsByLength.forEachLike(set, length, changes, consumer);
  }

  private void fillHeaviest(int count) {
    Arrays.fill(heaviest, -1);
    for (int key = 0; key < count; key++) {
      heaviest[width + key] = key;
    }
    for (int node = width - 1; node > 0; node--) {
      heaviest[node] = heavier(heaviest[2 * node], heaviest[2 * node + 1]);
    }
  }

  private int heavier(int left, int right) {
    if (left < 0 || right < 0) {
      return Math.max(left, right);
    }
    return order(left, right) <= 0 ? left : right;
  }

  /** Which of two keys comes first: the weightier, then the shorter. */
  private int order(int left, int right) {
    if (keyWeights[left] != keyWeights[right]) {
      return Integer.compare(keyWeights[right], keyWeights[left]);
    }
    return Integer.compare(length(left), length(right));
  }

  /** The index of all names of a codebook. */
  static NameIndex of(Codebook codes) {
    IndexedCodes book = new IndexedCodes(codes);
    TreeMap<String, Key> keys = new TreeMap<>();
    String lastLabel = "";
    NameWords lastWords = NameWords.of("");
    for (int rank = 0; rank < book.size(); rank++) {
      for (int row = book.firstRow(rank); row < book.firstRow(rank + 1); row++) {
        String label = book.label(row);
        if (!label.equals(lastLabel)) {
          lastLabel = label;
          lastWords = NameWords.of(label);
        }
        add(keys, lastWords, new Name(rank, lastWords.lead(), OWN), row);
        addAside(keys, label, lastWords, rank, row);
        for (ShortName shortName : book.codes().referential().shortNames()) {
          if (shortName.label().equals(label)) {
            add(keys, NameWords.of(shortName.text()), new Name(rank, "", ACRONYM), row);
          }
        }
        for (Map.Entry<String, String> other : book.otherLabels(row).entrySet()) {
          NameWords name = NameWords.of(other.getValue());
          if (!name.bare().equals(lastWords.bare())) {
            add(keys, name, new Name(rank, name.lead(), other.getKey()), row);
            addAside(keys, other.getValue(), name, rank, row);
          }
        }
      }
    }
    return new NameIndex(book, collect(book, keys));
  }

  /**
   * A name with something said beside it is also known without, and an acronym that is said there
   * by itself: {@code CC du Pays de Gex (CCPG)}, {@code Corée, République de}.
   */
  private static void addAside(
      TreeMap<String, Key> keys, String label, NameWords whole, int rank, int row) {
    boolean parenthesis = label.endsWith(")");
    int open = parenthesis ? label.lastIndexOf('(') : label.indexOf(',');
    if (open <= 0 || open + 2 >= label.length()) {
      return;
    }
    String aside =
        label.substring(open + 1, parenthesis ? label.length() - 1 : label.length()).strip();
    String main = label.substring(0, open).strip();
    if (parenthesis) {
      addPart(keys, whole, main, rank, row);
      if (ACRONYM_FORM.matcher(aside).matches()) {
        add(keys, NameWords.of(aside), new Name(rank, "", ACRONYM), row);
      }
    } else if (INVERTED.matcher(aside).matches()) {
      addPart(keys, whole, main, rank, row);
      addPart(keys, whole, aside + ' ' + main, rank, row);
    }
  }

  private static void addPart(
      TreeMap<String, Key> keys, NameWords whole, String part, int rank, int row) {
    NameWords words = NameWords.of(part);
    if (!words.bare().equals(whole.bare())) {
      add(keys, words, new Name(rank, words.lead(), PART), row);
    }
  }

  private static void add(TreeMap<String, Key> keys, NameWords words, Name name, int row) {
    if (!words.isEmpty()) {
      Key key = keys.computeIfAbsent(words.bare(), _ -> new Key());
      if (words.words().size() > key.words.size()) {
        // Of Grandchamp and Grand-Champ, the one with more words finds both.
        key.words = words.words();
      }
      key.names.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(row);
    }
  }

  /** The weight of the code at a rank: its first measure; 0 where none is known. */
  public int weight(int rank) {
    return weight(book, rank);
  }

  private static int weight(IndexedCodes book, int rank) {
    List<String> measures = book.codes().referential().measures();
    return measures.isEmpty()
        ? 0
        : (int) Math.min(Integer.MAX_VALUE, book.lastFigure(rank, measures.getFirst()));
  }

  /** What it indexes. */
  public IndexedCodes codes() {
    return book;
  }

  /** How many keys there are. */
  public int size() {
    return keyWeights.length;
  }

  /** How many letters a key has. */
  public int length(int key) {
    return letterStart[key + 1] - letterStart[key];
  }

  /** The weight of a key: the greatest population of what is called so; 0 where none is known. */
  public int weightOfKey(int key) {
    return keyWeights[key];
  }

  /** How many letters must change to make a key, with what stands before it, of a pattern. */
  public int distance(Spelling pattern, String lead, int key) {
    char[] whole = new char[lead.length() + length(key)];
    lead.getChars(0, lead.length(), whole, 0);
    System.arraycopy(letters, letterStart[key], whole, lead.length(), length(key));
    return pattern.distance(whole, 0, whole.length, whole.length);
  }

  /**
   * How many letters must change to make a key of a pattern, or any greater number than the most
   * that is asked for.
   */
  public int distance(Spelling pattern, int key, int most) {
    return pattern.distance(letters, letterStart[key], letterStart[key + 1], most);
  }

  /** Whether a key begins with a text. */
  public boolean startsWith(int key, String text) {
    return compare(key, text, true) == 0;
  }

  /** Whether a key begins with a letter. */
  public boolean beginsWith(int key, char letter) {
    return letters[letterStart[key]] == letter;
  }

  /** The set of the letters of a key. */
  public long letterSet(int key) {
    return letterSets[key];
  }

  /** The keys that begin with a text: from the first number to before the second. */
  public int[] range(String prefix) {
    int from = lowerBound(prefix, false);
    return new int[] {from, lowerBound(prefix, true)};
  }

  /** The key that is a text; a negative number where there is none. */
  public int find(String bare) {
    int key = lowerBound(bare, false);
    return key < size() && length(key) == bare.length() && compare(key, bare, false) == 0
        ? key
        : -1;
  }

  private int lowerBound(String text, boolean pastPrefix) {
    int low = 0;
    int high = size();
    while (low < high) {
      int middle = low + high >>> 1;
      int order = compare(middle, text, pastPrefix);
      if (order < 0 || pastPrefix && order == 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How a key stands to a text; where only its beginning is compared, a longer one is equal. */
  private int compare(int key, String text, boolean beginning) {
    int start = letterStart[key];
    int length = length(key);
    int common = Math.min(length, text.length());
    for (int i = 0; i < common; i++) {
      int order = Character.compare(letters[start + i], text.charAt(i));
      if (order != 0) {
        return order;
      }
    }
    return beginning && length > text.length() ? 0 : Integer.compare(length, text.length());
  }

  /**
   * Goes through the keys of a range, the weightiest first.
   *
   * @param from the first key
   * @param to the key after the last
   */
  public Heaviest heaviest(int from, int to) {
    return new Heaviest(from, to);
  }

  /** The keys of a range by weight, found one by one in a tree of maxima. */
  public final class Heaviest {
    private final java.util.PriorityQueue<int[]> parts =
        new java.util.PriorityQueue<>((a, b) -> order(a[2], b[2]));

    private Heaviest(int from, int to) {
      push(from, to);
    }

    private void push(int from, int to) {
      if (from < to) {
        int best = -1;
        int low = from + width;
        int high = to + width;
        while (low < high) {
          if ((low & 1) == 1) {
            best = heavier(best, heaviest[low++]);
          }
          if ((high & 1) == 1) {
            best = heavier(best, heaviest[--high]);
          }
          low >>= 1;
          high >>= 1;
        }
        parts.add(new int[] {from, to, best});
      }
    }

    /** The next key, or a negative number after the last. */
    public int next() {
      int[] part = parts.poll();
      if (part == null) {
        return -1;
      }
      push(part[0], part[2]);
      push(part[2] + 1, part[1]);
      return part[2];
    }
  }

  /** The first of the names under a key; they end where those of the next key begin. */
  public int firstName(int key) {
    return nameStart[key];
  }

  /** The rank of the code that has a name. */
  public int rank(int name) {
    return nameRanks[name];
  }

  /** What stands before the words of a name. */
  public String lead(int name) {
    return leads[nameLeads[name]];
  }

  /** The language of a name. */
  public String language(int name) {
    return languages[nameLanguages[name]];
  }

  /** The first of the rows that say a name, by date; they end where those of the next begin. */
  public int firstRow(int name) {
    return rowStart[name];
  }

  /** A row of the codebook. */
  public int row(int index) {
    return rows[index];
  }

  /** The first of the keys of a rank; they end where those of the next rank begin. */
  public int firstKeyOfRank(int rank) {
    return keysOfRankStart[rank];
  }

  /** A key of a rank. */
  public int keyOfRank(int index) {
    return keysByRank[index];
  }

  /** A word, in the order of code points. */
  String word(int word) {
    return words[word];
  }

  /** The number of a word; a negative number where no name has it. */
  int findWord(String word) {
    return Arrays.binarySearch(words, word);
  }

  /** How many keys have a word. */
  int frequency(int word) {
    return keyStart[word + 1] - keyStart[word];
  }

  /** The first of the keys that have a word; they end where those of the next word begin. */
  public int firstKey(int word) {
    return keyStart[word];
  }

  /** A key that has a word. */
  public int keyOfWord(int index) {
    return keysOfWords[index];
  }

  /** The first of the words of a key, in their order; they end where those of the next begin. */
  public int firstWord(int key) {
    return wordStart[key];
  }

  /** A word of a key. */
  public int wordOfKey(int index) {
    return wordsOfKeys[index];
  }

  /** How much a word tells: the logarithm of how rare it is; little, where it is a small word. */
  public double telling(int word) {
    return tellings[word];
  }
}
