package fr.pivot.formats.eurostat;

import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.finding.Rule;
import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NACE as python-stdnum outlines it: a line a code, indented by its depth, with what is added to
 * the code above and then its heading and its code in ISIC.
 *
 * <pre>
 * # generated from NACE_REV2_20221113_175805.xml, …
 * 01 section="A" label="Crop and animal production…" isic="01"
 *  1 label="Growing of non-perennial crops" isic="011"
 *   1 label="Growing of cereals…" isic="0111"
 * </pre>
 *
 * @see <a href="https://arthurdejong.org/python-stdnum/doc/stdnum.numdb">python-stdnum, numdb</a>
 */
final class Outline {

  private static final String BEGINNING = "# generated from NACE";
  private static final Pattern LINE = Pattern.compile("( {0,2})([0-9A-Z]+) (.*)");
  private static final Pattern PROPERTY = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** A line: the whole code, and what the line says of it. */
  record Entry(long line, String code, Map<String, String> properties) {}

  private Outline() {}

  static boolean recognises(InputFile file) throws IOException {
    try (InputStream in = file.content().open()) {
      return begins(new String(in.readNBytes(BEGINNING.length()), StandardCharsets.UTF_8));
    }
  }

  static boolean recognises(FileHead head) {
    return begins(head.text());
  }

  private static boolean begins(String text) {
    return text.startsWith(BEGINNING);
  }

  /** The edition that its first lines name. */
  static Edition edition(InputFile file) throws IOException {
    try (InputStream in = file.content().open()) {
      String head = new String(in.readNBytes(1024), StandardCharsets.UTF_8);
      return head.contains("2.1") ? Edition.NACE_21 : Edition.NACE_2;
    }
  }

  /** The codes, in order; lines that are not of the form are reported. */
  static List<Entry> read(InputFile file, Findings findings) throws IOException {
    List<Entry> entries = new ArrayList<>();
    String division = "";
    String group = "";
    long number = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file.content().open(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.startsWith("#") || line.isBlank()) {
          continue;
        }
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
          findings.add(Rule.RAGGED_ROW.at(new Place(file.name(), number, null)));
          continue;
        }
        String code = matcher.group(2);
        switch (matcher.group(1).length()) {
          case 0 -> division = code;
          case 1 -> {
            code = division + "." + code;
            group = code;
          }
          default -> code = group + code;
        }
        Map<String, String> properties = new HashMap<>();
        Matcher property = PROPERTY.matcher(matcher.group(3));
        while (property.find()) {
          properties.put(property.group(1), property.group(2));
        }
        entries.add(new Entry(number, code, properties));
      }
    }
    return entries;
  }
}
