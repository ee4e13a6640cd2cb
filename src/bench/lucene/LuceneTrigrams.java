import fr.pivot.bench.NameRace;
import fr.pivot.text.Words;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * Lucene in the race, as one would sketch it: trigrams of the folded names, the fifty best by BM25,
 * of which the nearest in spelling is the answer. Run from its source, because Pivot has no Lucene.
 */
final class LuceneTrigrams {

  private static final int CANDIDATES = 50;

  /** Trigrams of a whole text. */
  private static final class Trigrams extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
      Tokenizer tokenizer = new NGramTokenizer(3, 3);
      return new TokenStreamComponents(tokenizer);
    }
  }

  private LuceneTrigrams() {}

  /** Takes the folder of the race. */
  public static void main(String[] args) throws Exception {
    NameRace.run("Lucene trigrams, re-ranked", Path.of(args[0]), LuceneTrigrams::build);
  }

  /** The beginning and the end of a name are trigrams of their own. */
  private static String fold(String text) {
    return "^"
        + (' ' + Words.fold(text) + ' ')
            .replace(" st ", " saint ")
            .replace(" ste ", " sainte ")
            .strip()
        + "$";
  }

  private static NameRace.Engine build(List<NameRace.Name> names) throws Exception {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(new Trigrams()))) {
      for (int i = 0; i < names.size(); i++) {
        Document document = new Document();
        document.add(new TextField("grams", fold(names.get(i).name()), Field.Store.NO));
        document.add(new StringField("departement", names.get(i).departement(), Field.Store.NO));
        document.add(new NumericDocValuesField("rank", i));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    String[] folded = names.stream().map(n -> fold(n.name())).toArray(String[]::new);
    DirectoryReader reader = DirectoryReader.open(directory);
    IndexSearcher searcher = new IndexSearcher(reader);
    // Merging may change the order.
    int[] ranks = new int[names.size()];
    NumericDocValues values = reader.leaves().getFirst().reader().getNumericDocValues("rank");
    for (int doc = values.nextDoc(); doc < ranks.length; doc = values.nextDoc()) {
      ranks[doc] = (int) values.longValue();
    }
    return (text, departement) -> {
      String asked = fold(text);
      BooleanQuery.Builder query = new BooleanQuery.Builder();
      Set<String> grams = new HashSet<>();
      for (int i = 0; i + 3 <= asked.length(); i++) {
        if (grams.add(asked.substring(i, i + 3))) {
          query.add(new TermQuery(new Term("grams", asked.substring(i, i + 3))), Occur.SHOULD);
        }
      }
      if (departement != null) {
        query.setMinimumNumberShouldMatch(1);
        query.add(new TermQuery(new Term("departement", departement)), Occur.FILTER);
      }
      NameRace.Name best = null;
      double least = Double.MAX_VALUE;
      for (ScoreDoc hit : searcher.search(query.build(), CANDIDATES).scoreDocs) {
        int at = ranks[hit.doc];
        NameRace.Name name = names.get(at);
        // Present before former, populous before not, where the spelling is the same.
        double far =
            distance(asked, folded[at])
                + (name.former() ? 0.4 : 0)
                - Math.min(0.3, name.population() / 1e8);
        if (far < least) {
          least = far;
          best = name;
        }
      }
      return best == null ? null : best.code();
    };
  }

  /** How far two spellings are apart; the same words in another order are one step away. */
  private static int distance(String a, String b) {
    int plain = steps(a, b);
    return plain <= 2 ? plain : Math.min(plain, 1 + steps(sorted(a), sorted(b)));
  }

  private static String sorted(String text) {
    String[] words = text.substring(1, text.length() - 1).split(" ");
    Arrays.sort(words);
    return String.join(" ", words);
  }

  private static int steps(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    int[] next = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      next[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(change, 1 + Math.min(row[j], next[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          next[j] = Math.min(next[j], 1 + before[j - 2]);
        }
      }
      int[] free = before;
      before = row;
      row = next;
      next = free;
    }
    return row[b.length()];
  }
}
