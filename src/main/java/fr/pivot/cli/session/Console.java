package fr.pivot.cli.session;

import fr.pivot.finding.Finding;
import fr.pivot.finding.Findings;
import fr.pivot.finding.Place;
import fr.pivot.referential.Language;
import fr.pivot.referential.Text;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * Speaks to the person at the terminal: results on the standard output, everything else on the
 * error output; in French where the system is, in English elsewhere.
 */
public final class Console {

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
  private boolean json;
  private final Language language =
      Language.find(Locale.getDefault().getLanguage()).orElse(Language.ENGLISH);

  /** Whether somebody watches: what moves or is coloured is for people only. */
  public static boolean isTerminal() {
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Decides how a server logs, before anything does: as JSON where nobody watches, unless something
   * else is said. What it tells by {@link #say} is logged from then on.
   */
  public void log(Settings settings) {
    String form = settings.value(Setting.LOG);
    json = form == null ? !isTerminal() : form.equals("json");
    System.setProperty("pivot.log", json ? "json" : "text");
    String level = settings.value(Setting.LOG_LEVEL);
    System.setProperty("pivot.log.level", level == null ? "info" : level);
  }

  /** A line of the result. */
  public void print(String line) {
    out.println(line);
  }

  /** Bytes of the result, as they are. */
  public PrintStream out() {
    return out;
  }

  /** A message. */
  public void say(String fr, String en) {
    String said = new Text(fr, en).in(language);
    if (json) {
      LoggerFactory.getLogger(Console.class).info(said);
    } else {
      err.println(said);
    }
  }

  String in(Text text) {
    return text.in(language);
  }

  public Language language() {
    return language;
  }

  /** What was found, the worst first, with the place of each and the counts of each rule. */
  public void report(Findings findings) {
    findings.list().stream()
        .sorted((a, b) -> b.rule().severity().compareTo(a.rule().severity()))
        .forEach(this::report);
    findings
        .counts()
        .forEach(
            (rule, count) -> {
              if (count > Findings.LIMIT) {
                say(
                    rule.code() + " : " + count + " au total, " + Findings.LIMIT + " détaillées",
                    rule.code() + ": " + count + " in all, " + Findings.LIMIT + " detailed");
              }
            });
  }

  private void report(Finding finding) {
    StringBuilder line = new StringBuilder();
    line.append(
        switch (finding.rule().severity()) {
          case ERROR -> in(new Text("erreur ", "error "));
          case WARNING -> in(new Text("attention ", "warning "));
          case INFO -> "info ";
        });
    line.append(finding.rule().code()).append("  ");
    Place place = finding.place();
    if (place.file() != null) {
      line.append(place.file());
      if (place.line() > 0) {
        line.append(':').append(place.line());
      }
      if (place.column() != null) {
        line.append(" [").append(place.column()).append(']');
      }
      line.append("  ");
    }
    if (finding.value() != null) {
      line.append('«').append(finding.value()).append('»');
      if (finding.suggestion() != null) {
        line.append(" → ").append(finding.suggestion());
      }
      line.append("  ");
    }
    line.append(in(finding.rule().message()));
    err.println(line.toString().stripTrailing());
  }
}
