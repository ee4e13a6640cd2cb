package fr.pivot.pages.changes;

import fr.pivot.catalog.Release;
import fr.pivot.pages.Frame;
import fr.pivot.pages.changes.Territories.Asked;
import fr.pivot.pages.changes.Territories.Choice;
import fr.pivot.referential.Referential;
import fr.pivot.referential.SuccessionKind;
import fr.pivot.registry.Point;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the page of changes says.
 *
 * @param referentials those that can be asked about, by title
 * @param around those that say where a code is
 * @param releases the editions of the one that is, the youngest first
 * @param from where it begins; where that cannot be read, nothing is told of it
 * @param to where it ends, or the latest edition where that cannot be read
 * @param begin where it begins, as it was asked
 * @param end where it ends, as it was asked
 * @param asked the territory
 * @param kind the kind that is shown; null for all of them
 * @param counts how many changes the territory has, by kind
 * @param table the changes of this page
 * @param number which page this is, from 1
 * @param pages how many there are
 * @param placesKnown whether anything says what lay in the territory when the stretch began
 */
record ChangesPage(
    Frame frame,
    List<Referential> referentials,
    List<Referential> around,
    List<Release> releases,
    Point from,
    Point to,
    Bound begin,
    Bound end,
    Asked asked,
    @Nullable SuccessionKind kind,
    Map<SuccessionKind, Integer> counts,
    ChangeTable table,
    int number,
    int pages,
    boolean placesKnown) {

  private static final Pattern YEAR = Pattern.compile("\\d{4}");

  /** Where it begins, as it is written in addresses. */
  String since() {
    return begin.text();
  }

  /** Where it ends, as it is written in addresses. */
  String until() {
    return end.text();
  }

  /**
   * What is wrong with the stretch that was asked for, if anything: then nothing is shown of it.
   */
  boolean isWrong() {
    return begin.wrong() != null || end.wrong() != null;
  }

  /** What else describes a field: what is wrong with it, if anything, then what it takes. */
  String described(String field, Bound bound) {
    return bound.wrong() == null ? "points" : field + "-wrong points";
  }

  /** The editions that there are, those of one year after another in short: "2019, 2021 à 2026". */
  String editions() {
    List<String> parts = new ArrayList<>();
    List<String> all = releases.reversed().stream().map(Release::edition).toList();
    int start = 0;
    for (int i = 1; i <= all.size(); i++) {
      if (i == all.size() || !follows(all.get(i - 1), all.get(i))) {
        if (i - start > 2) {
          parts.add(all.get(start) + frame.say(" à ", " to ") + all.get(i - 1));
        } else {
          parts.addAll(all.subList(start, i));
        }
        start = i;
      }
    }
    return String.join(", ", parts);
  }

  private static boolean follows(String edition, String next) {
    return YEAR.matcher(edition).matches()
        && YEAR.matcher(next).matches()
        && Integer.parseInt(next) == Integer.parseInt(edition) + 1;
  }

  /** The referential. */
  Referential referential() {
    return to.referential();
  }

  /** The territory; null where everywhere is meant, or nobody knows what. */
  @Nullable Choice territory() {
    return asked instanceof Asked.One one ? one.choice() : null;
  }

  /** What the text of the territory may mean as well, or instead. */
  List<Choice> choices() {
    return switch (asked) {
      case Asked.Everywhere _ -> List.of();
      case Asked.One(_, List<Choice> others) -> others;
      case Asked.Choose(_, List<Choice> choices, _) -> choices;
    };
  }

  /** What the field of the territory holds. */
  String field() {
    return switch (asked) {
      case Asked.Everywhere _ -> "";
      case Asked.One(Choice choice, _) -> choice.words();
      case Asked.Choose(String text, _, _) -> text;
    };
  }

  /** Whether it has to be said first which territory is meant. */
  boolean isOpen() {
    return asked instanceof Asked.Choose;
  }

  /** Whether it may be several, each as likely. */
  boolean isAmbiguous() {
    return asked instanceof Asked.Choose(_, _, boolean known) && known;
  }

  /** How many changes there are of all kinds. */
  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many changes there are of the kind that is shown. */
  int shown() {
    return kind == null ? total() : counts.getOrDefault(kind, 0);
  }

  /** This page with another kind; null for all of them. */
  String withKind(@Nullable SuccessionKind other) {
    return frame.link(address(since(), territory(), other, 1));
  }

  /** This page for another territory. */
  String withTerritory(@Nullable Choice other) {
    return frame.link(address(since(), other, kind, 1));
  }

  /** Another page of the same changes. */
  String withPage(int other) {
    return frame.link(address(since(), territory(), kind, other));
  }

  /** The same since the oldest edition; null where it begins no later. */
  @Nullable String earlier() {
    Release oldest = releases.getLast();
    return from.date().isAfter(oldest.head().referenceDate())
        ? frame.link(address(oldest.edition(), territory(), kind, 1))
        : null;
  }

  private String address(
      String first, @Nullable Choice where, @Nullable SuccessionKind which, int page) {
    StringBuilder address = new StringBuilder("/changements?ref=").append(referential().id());
    address.append("&de=").append(encode(first)).append("&a=").append(encode(until()));
    if (which != null) {
      address.append("&nature=").append(which.id());
    }
    if (where != null) {
      address.append("&dans=").append(encode(where.notation()));
    }
    return page == 1 ? address.toString() : address.append("&page=").append(page).toString();
  }

  /** Where the same changes are as data. */
  String data(String format) {
    return "/v1/referentials/"
        + referential().id()
        + "/changes?from="
        + encode(since())
        + "&to="
        + encode(until())
        + filter()
        + "&format="
        + format;
  }

  /** Where changes of the same kind and territory are as a feed, those to come as well. */
  String feed() {
    return frame.link("/v1/referentials/" + referential().id() + "/changes?format=atom" + filter());
  }

  private String filter() {
    Choice where = territory();
    return (kind == null ? "" : "&kind=" + kind.id())
        + (where == null ? "" : "&within=" + encode(where.notation()));
  }

  /** Where suggestions of territories come from. */
  String suggestions() {
    return "/v1/search?referential="
        + String.join(",", around.stream().map(Referential::id).toList());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3A", ":");
  }

  /** The stretch in words: "de 2024 à 2026". */
  String stretch() {
    return frame.say(
        (isDay(since()) ? "du " + frame.day(from.date()) : "de\u00a0" + since())
            + (isDay(until()) ? " au " + frame.day(to.date()) : " à\u00a0" + until()),
        "from "
            + (isDay(since()) ? frame.day(from.date()) : since())
            + " to "
            + (isDay(until()) ? frame.day(to.date()) : until()));
  }

  private static boolean isDay(String at) {
    return at.length() == 10 && at.charAt(4) == '-' && at.charAt(7) == '-';
  }
}
