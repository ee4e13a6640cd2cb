package fr.pivot.http.body;

import fr.pivot.finding.ProblemType;
import fr.pivot.http.RequestTarget;
import fr.pivot.referential.Text;
import fr.pivot.text.detected.Overrides;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the address of a request says of how its table is written. */
public final class TableOptions {

  private TableOptions() {}

  /** What a request says of how a table is written. */
  public static Overrides read(RequestTarget target) {
    Optional<String> header = target.find("header");
    return new Overrides(
        target.find("encoding").map(TableOptions::charset).orElse(null),
        target
            .findOneOf("separator", List.of(",", ";", "|", "tab"))
            .map(s -> s.equals("tab") ? '\t' : s.charAt(0))
            .orElse(null),
        header.isEmpty() ? null : Integer.valueOf(target.number("header", 0, 1000, 1)),
        target.find("sheet").orElse(null));
  }

  private static Charset charset(String name) {
    List<String> known =
        List.of(
            "utf-8",
            "utf-16le",
            "utf-16be",
            "windows-1252",
            "iso-8859-1",
            "iso-8859-15",
            "macroman",
            "cp850");
    if (!known.contains(name.toLowerCase(Locale.ROOT))) {
      String all = String.join(", ", known);
      throw ProblemType.invalid("encoding", new Text(all, all));
    }
    try {
      return Charset.forName(
          name.equalsIgnoreCase("macroman")
              ? "x-MacRoman"
              : name.equalsIgnoreCase("cp850") ? "IBM850" : name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalStateException("this Java cannot read " + name, e);
    }
  }
}
