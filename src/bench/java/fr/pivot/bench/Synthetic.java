package fr.pivot.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * Makes a referential of as many codes as one likes, with its pack: nine digits, a name of three to
 * five words, two attributes with few values. They look like legal units and are none. The same
 * number of codes gives the same referential.
 */
final class Synthetic {

  private static final String[] SYLLABLES =
      ("ba be bi bo bu ca ce chi co cu da de di do du fa fe fi fo ga ge gi go la le li lo lu ma me mi"
              + " mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to tu va ve"
              + " vi vo")
          .split(" ");
  private static final String[] FORMS = {"SARL", "SAS", "SCI", "EURL", "GAEC", "ASSOCIATION"};

  private static final String DESCRIPTOR =
      """
      {"id": "synthetic", "kind": "entity",
       "title": {"fr": "Codes synthétiques", "en": "Synthetic codes"},
       "description": {"fr": "Des codes inventés, pour mesurer.", "en": "Invented codes, to measure."},
       "publisher": "Pivot", "licence": "CC0-1.0", "licenceUrl": "https://creativecommons.org/publicdomain/zero/1.0/",
        "homepage": "https://example.org/",
       "code": {"pattern": "^[0-9]{9}$", "check": "none", "example": "100000007"},
       "levels": [{"id": "unit", "title": {"fr": "Unité", "en": "Unit"}}],
       "links": [], "measures": [], "horizon": null, "headers": ["synthetic"]}
      """;

  private static final String PACKAGE =
      """
      {"name": "synthetic-1", "title": "Synthetic codes, 1", "version": "1",
       "resources": [{"name": "concepts", "path": "concepts.csv.gz", "format": "csv",
         "mediatype": "text/csv", "encoding": "utf-8", "compression": "gz",
         "schema": {"fields": [
           {"name": "code", "type": "string"}, {"name": "from", "type": "date"},
           {"name": "to", "type": "date"}, {"name": "level", "type": "string"},
           {"name": "label", "type": "string"},
           {"name": "form", "type": "string", "pivot:role": "attribute"},
           {"name": "activity", "type": "string", "pivot:role": "attribute"},
           {"name": "derived", "type": "boolean"}], "primaryKey": ["code", "from"]}}],
       "pivot": {"format": 1, "referential": "synthetic", "edition": "1",
         "referenceDate": "2026-01-01", "issued": "2026-01-01", "sources": [], "links": []}}
      """;

  private Synthetic() {}

  /** Takes the folder of referentials to make it in, and how many codes it is to have. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0], "synthetic");
    Path edition = Files.createDirectories(folder.resolve("1"));
    Files.writeString(folder.resolve("descriptor.json"), DESCRIPTOR);
    Files.writeString(edition.resolve("datapackage.json"), PACKAGE);
    Random random = new Random(42);
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(edition.resolve("concepts.csv.gz"))),
                StandardCharsets.UTF_8))) {
      out.write("code,from,to,level,label,form,activity,derived\n");
      int count = Integer.parseInt(args[1]);
      for (int i = 0; i < count; i++) {
        String form = FORMS[random.nextInt(FORMS.length)];
        out.write(Integer.toString(100_000_007 + i * 7));
        out.write(",2000-01-01,,unit," + name(random) + ' ' + form + ',' + form + ',');
        out.write(Integer.toString(1000 + random.nextInt(700)) + ",false\n");
      }
    }
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int words = 2 + random.nextInt(3); words > 0; words--) {
      for (int syllables = 2 + random.nextInt(2); syllables > 0; syllables--) {
        name.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
      }
      name.append(words > 1 ? " " : "");
    }
    return name.toString().toUpperCase(Locale.ROOT);
  }
}
