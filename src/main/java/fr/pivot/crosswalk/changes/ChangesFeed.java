package fr.pivot.crosswalk.changes;

import fr.pivot.catalog.Release;
import fr.pivot.crosswalk.changes.Changes.Change;
import fr.pivot.http.AtomFeed;
import fr.pivot.referential.Language;
import fr.pivot.referential.Referential;
import fr.pivot.referential.Text;
import fr.pivot.registry.Kin;
import fr.pivot.registry.Registry;
import fr.pivot.registry.Registry.Node;
import fr.pivot.text.PercentEncoding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells changes as entries of a feed: each belongs to the edition that brought it, and is as old
 * here as that edition's publication.
 *
 * @param host where this server is, without a slash at the end
 */
record ChangesFeed(Language language, String host, Registry registry, Referential referential) {

  /** How many entries a feed has at most. */
  static final int MOST = 200;

  /**
   * What an edition brought.
   *
   * @param changes by date
   */
  record Brought(Release release, List<Change> changes) {}

  /** The entries of what editions brought, the youngest edition and the latest day first. */
  List<AtomFeed.Entry> entries(List<Brought> editions) {
    Map<String, AtomFeed.Entry> entries = new LinkedHashMap<>();
    for (Brought brought : editions) {
      for (Change change : newestFirst(brought.changes())) {
        if (entries.size() == MOST) {
          return List.copyOf(entries.values());
        }
        AtomFeed.Entry entry = entry(brought.release(), change);
        entries.putIfAbsent(entry.id(), entry);
      }
    }
    return List.copyOf(entries.values());
  }

  /** Changes by day, the latest first, those of a day in their order; those without one last. */
  static List<Change> newestFirst(List<Change> changes) {
    Map<LocalDate, List<Change>> byDay = new LinkedHashMap<>();
    changes.forEach(
        c ->
            byDay
                .computeIfAbsent(
                    c.date() == null ? LocalDate.MIN : c.date(), _ -> new ArrayList<>())
                .add(c));
    return byDay.entrySet().stream()
        .sorted(Map.Entry.<LocalDate, List<Change>>comparingByKey().reversed())
        .flatMap(e -> e.getValue().stream())
        .toList();
  }

  private AtomFeed.Entry entry(Release release, Change change) {
    String before = name(change.label(), change.code());
    String after = after(release, change);
    String what = language.say(change.kind().title());
    String title =
        change.property() != null || after == null
            ? what + language.say(" : ", ": ") + before
            : before == null
                ? what + language.say(" : ", ": ") + after
                : what + language.say(" : ", ": ") + before + " → " + after;
    String reference = change.codeAfter() == null ? referential.id() : change.referentialAfter();
    String code = change.codeAfter() == null ? change.code() : change.codeAfter();
    return new AtomFeed.Entry(
        AtomFeed.id(
            "change",
            referential.id(),
            change.date() == null ? release.edition() : change.date().toString(),
            change.kind().id(),
            String.valueOf(change.code()),
            change.referentialAfter(),
            String.valueOf(change.codeAfter()),
            String.valueOf(change.property()),
            String.join("|", change.before()),
            String.join("|", change.after())),
        title,
        release.publishedAt(),
        host + page(reference, code == null ? "" : code),
        summary(release, change, before, after),
        change.kind().id(),
        change.kind().title());
  }

  /** A code as it is named in a sentence; null where there is none. */
  private static @Nullable String name(@Nullable String label, @Nullable String code) {
    return code == null ? null : label == null ? code : label + " (" + code + ')';
  }

  /** The code after, with what it is where it is of another referential. */
  private @Nullable String after(Release release, Change change) {
    String code = change.codeAfter();
    String name = name(change.labelAfter(), code);
    if (code == null || name == null || change.referentialAfter().equals(referential.id())) {
      return name;
    }
    LocalDate day = change.date() == null ? release.head().referenceDate() : change.date();
    Node node = new Node(change.referentialAfter(), code);
    return name + ", " + language.say(Kin.kind(registry, release, node, day));
  }

  private String page(String reference, String code) {
    return "/referentiels/"
        + reference
        + "/codes/"
        + PercentEncoding.encode(code)
        + (language.isEnglish() ? "?lang=en" : "");
  }

  private String summary(
      Release release, Change change, @Nullable String before, @Nullable String after) {
    StringBuilder text = new StringBuilder();
    if (change.date() != null) {
      text.append(
          language.say("Le " + language.day(change.date()), "On " + language.day(change.date())));
      if (change.dateAfter() != null) {
        String since = language.day(change.dateAfter());
        text.append(
            language.say(" au plus tard, après le " + since, " at the latest, after " + since));
      }
      text.append(language.say(" : ", ": "));
    }
    text.append(happened(change, String.valueOf(before), String.valueOf(after)));
    String source = language.say(referential.title()) + ", " + release.edition();
    text.append(
        change.derived()
            ? language.say(
                " Déduit en comparant les éditions (" + source + ").",
                " Worked out by comparing editions (" + source + ").")
            : language.say(" D’après " + source + ".", " From " + source + "."));
    return text.toString();
  }

  private String happened(Change change, String before, String after) {
    if (change.property() != null) {
      String led = String.join(", ", change.before());
      String leads = String.join(", ", change.after());
      return before
          + ", "
          + change.property()
          + language.say(" : ", ": ")
          + led
          + " → "
          + leads
          + '.';
    }
    Text sentence =
        switch (change.kind()) {
          case CREATED ->
              change.code() == null
                  ? new Text(after + " apparaît.", after + " appears.")
                  : new Text(
                      after + " naît d’une partie de " + before + '.',
                      after + " appears from a part of " + before + '.');
          case CEASED -> new Text(before + " n’est plus.", before + " is no more.");
          case RENAMED ->
              new Text(before + " s’appelle " + after + '.', before + " is called " + after + '.');
          case RECODED ->
              new Text(
                  before + " a pour code " + after + '.', before + " has the code " + after + '.');
          case MERGED ->
              new Text(
                  before + " se fond dans " + after + '.', before + " merges into " + after + '.');
          case SPLIT ->
              new Text(
                  after + " est une part de " + before + ", qui se partage.",
                  after + " is a part of " + before + ", which splits.");
          case RESTORED ->
              new Text(
                  after + " est rétabli, séparé de " + before + '.',
                  after + " is restored, apart from " + before + '.');
          case MOVED, OTHER -> new Text(before + " → " + after + '.', before + " → " + after + '.');
        };
    return language.say(sentence);
  }
}
