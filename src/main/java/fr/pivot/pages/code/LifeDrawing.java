package fr.pivot.pages.code;

import fr.pivot.pages.code.Life.Tie;
import fr.pivot.referential.ConceptState;
import fr.pivot.referential.Language;
import fr.pivot.registry.Registry.Node;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A life as a drawing: time runs to the right, a code is a lane, a state of it a bar with its name,
 * and curves lead from what ended to what began. Years are not to scale, because all that happens
 * happens on a few days: each day that counts is a boundary, and columns are as wide as the names
 * in them.
 *
 * @param width in units that are pixels where nothing scales the drawing
 * @param height in the same units
 * @param bars the states
 * @param curves what led to what
 * @param ticks the days
 * @param derived whether a day of it was worked out by comparing editions
 */
record LifeDrawing(
    int width, int height, List<Bar> bars, List<Curve> curves, List<Tick> ticks, boolean derived) {

  private static final int TOP = 30;
  private static final int ARROW = 9;
  private static final int BEND = 8;
  private static final int CAPSULE = 58;
  private static final int LONGEST_NAME = 34;

  /** What a narrow page holds when its text gets a little smaller. */
  private static final int FITTING = 410;

  /**
   * How large things are: the width that is filled at least, the height of a lane and of a bar in
   * it, the room for curves between two columns and around a text, the narrowest column, and
   * whether a name stands under its code or after it.
   */
  enum Size {
    /** For a telephone. */
    NARROW(320, 50, 40, 20, 7, 58, true),
    /** For a table. */
    WIDE(880, 36, 26, 30, 9, 66, false);

    private final int least;
    private final int pitch;
    private final int bar;
    private final int gutter;
    private final int padding;
    private final int column;
    private final boolean stacked;

    Size(int least, int pitch, int bar, int gutter, int padding, int column, boolean stacked) {
      this.least = least;
      this.pitch = pitch;
      this.bar = bar;
      this.gutter = gutter;
      this.padding = padding;
      this.column = column;
      this.stacked = stacked;
    }
  }

  /**
   * A state of a code.
   *
   * @param own whether the code is the one told of
   * @param open whether it goes on
   * @param path its outline
   * @param textX where its text begins
   * @param textY the line that its text stands on
   * @param drop how far below the code the name stands; 0 where it stands after it
   */
  record Bar(
      boolean own,
      boolean open,
      String path,
      int textX,
      int textY,
      int drop,
      String code,
      String label) {}

  /**
   * What led to what.
   *
   * @param own whether it is of the code told of
   * @param derived whether its day was worked out by comparing editions
   * @param path its line
   */
  record Curve(boolean own, boolean derived, String path) {}

  /**
   * A day.
   *
   * @param x the middle of its text
   * @param anchor where its text is held: {@code start}, {@code middle} or {@code end}
   * @param line whether a line runs down from it
   */
  record Tick(int x, String anchor, String text, boolean line) {}

  /**
   * Draws a life.
   *
   * @param today the day up to which it runs
   */
  static LifeDrawing of(Life life, LocalDate today, Language language, Size size) {
    return new Draughtsman(life, today, language, size).draw();
  }

  /** Whether it may be made a little smaller to fit a narrow page. */
  boolean isFitting() {
    return width <= FITTING;
  }

  /** A state on a lane, from a column to another one. */
  private record Piece(
      Node node, int first, int last, boolean late, boolean early, boolean open, String label) {}

  /** Lays it out. */
  private static final class Draughtsman {

    private final Size size;
    private final Life life;
    private final LocalDate today;
    private final Locale locale;
    private final List<Node> lanes;
    private final List<LocalDate> days = new ArrayList<>();
    private final Map<Node, List<Piece>> pieces = new LinkedHashMap<>();
    private int[] left = {};
    private int[] right = {};

    Draughtsman(Life life, LocalDate today, Language language, Size size) {
      this.size = size;
      this.life = life;
      this.today = today;
      this.locale = language.locale();
      this.lanes = List.copyOf(life.lanes().keySet());
    }

    LifeDrawing draw() {
      findDays();
      lanes.forEach(lane -> pieces.put(lane, listPieces(lane)));
      measure();
      List<Bar> bars = new ArrayList<>();
      for (Node lane : lanes) {
        List<Piece> list = pieces.getOrDefault(lane, List.of());
        list.forEach(piece -> bars.add(bar(piece)));
        if (list.isEmpty()) {
          capsule(lane).ifPresent(bars::add);
        }
      }
      List<Curve> curves = new ArrayList<>();
      life.ties().forEach(tie -> curve(tie).ifPresent(curves::add));
      for (Node lane : lanes) {
        curves.addAll(listGoingOn(lane));
      }
      return new LifeDrawing(
          right[right.length - 1] + ARROW + 2,
          TOP + size.pitch * lanes.size(),
          bars,
          curves,
          ticks(),
          life.ties().stream().anyMatch(Tie::derived));
    }

    /** The boundaries: the first day known, and each day on which something happened. */
    private void findDays() {
      Set<LocalDate> all = new TreeSet<>();
      life.ties().forEach(t -> all.add(t.date()));
      LocalDate first = null;
      for (Map.Entry<Node, List<ConceptState>> lane : life.lanes().entrySet()) {
        for (ConceptState state : lane.getValue()) {
          LocalDate from = state.validity().from();
          LocalDate to = state.validity().to();
          if (from != null && (first == null || from.isBefore(first))) {
            first = from;
          }
          if (life.own().contains(lane.getKey())) {
            if (from != null) {
              all.add(from);
            }
            if (to != null) {
              all.add(to);
            }
          }
        }
      }
      all.removeIf(day -> day.isAfter(today));
      LocalDate begin = first == null ? LocalDate.MIN : first;
      all.add(begin);
      days.addAll(all);
      // States without a beginning run before the first day that something happened on.
      if (first != null
          && life.lanes().values().stream()
              .flatMap(List::stream)
              .anyMatch(s -> s.validity().from() == null)) {
        days.addFirst(LocalDate.MIN);
      }
    }

    private LocalDate lastDayOf(int column) {
      return column + 1 < days.size() ? days.get(column + 1).minusDays(1) : today;
    }

    private @Nullable ConceptState stateOn(Node lane, LocalDate day) {
      for (ConceptState state : life.lanes().getOrDefault(lane, List.of())) {
        if (state.validity().contains(day)) {
          return state;
        }
      }
      return null;
    }

    /** The last state that a lane has in a column, whether or not it lasts to its end. */
    private @Nullable ConceptState stateIn(Node lane, int column) {
      LocalDate begin = days.get(column);
      LocalDate end = lastDayOf(column);
      ConceptState last = null;
      for (ConceptState state : life.lanes().getOrDefault(lane, List.of())) {
        LocalDate from = state.validity().from();
        LocalDate to = state.validity().to();
        if ((from == null || !from.isAfter(end)) && (to == null || to.isAfter(begin))) {
          last = state;
        }
      }
      return last;
    }

    private List<Piece> listPieces(Node lane) {
      List<Piece> list = new ArrayList<>();
      for (int column = 0; column < days.size(); column++) {
        ConceptState state = stateIn(lane, column);
        if (state == null) {
          continue;
        }
        boolean late = stateOn(lane, days.get(column)) == null;
        boolean early = stateOn(lane, lastDayOf(column)) == null;
        boolean open = column == days.size() - 1 && !early;
        Piece before = list.isEmpty() ? null : list.getLast();
        if (before != null
            && before.last() == column - 1
            && !before.early()
            && !late
            && before.label().equals(state.label())
            && !isTurn(lane, column)) {
          list.set(
              list.size() - 1,
              new Piece(lane, before.first(), column, before.late(), early, open, state.label()));
        } else {
          list.add(new Piece(lane, column, column, late, early, open, state.label()));
        }
      }
      return list;
    }

    /** Whether a lane begins a new state with a column although its name stays. */
    private boolean isTurn(Node lane, int column) {
      ConceptState state = stateOn(lane, days.get(column));
      return life.own().contains(lane)
          && state != null
          && days.get(column).equals(state.validity().from())
          && life.ties().stream()
              .anyMatch(t -> t.date().equals(days.get(column)) && t.to().equals(lane));
    }

    /** Makes columns as wide as what stands in them. */
    private void measure() {
      int columns = days.size();
      int[] widths = new int[columns];
      Arrays.fill(widths, size.column);
      widths[0] = columns == 1 ? 160 : size.column;
      List<Piece> all = new ArrayList<>(pieces.values().stream().flatMap(List::stream).toList());
      all.sort(Comparator.comparingInt(p -> p.last() - p.first()));
      for (Piece piece : all) {
        int has = 0;
        for (int c = piece.first(); c <= piece.last(); c++) {
          has += widths[c] + (c > piece.first() ? gutter(c) : 0);
        }
        int code = textWidth(piece.node().code());
        int name = textWidth(shorten(piece.label()));
        int needs = 2 * size.padding + (size.stacked ? Math.max(code, name) : code + 5 + name);
        needs = piece.late() || piece.early() ? needs + size.column / 3 : needs;
        int missing = needs - has;
        int span = piece.last() - piece.first() + 1;
        for (int c = piece.first(); missing > 0 && c <= piece.last(); c++) {
          widths[c] += (missing + span - 1) / span;
        }
      }
      int total = 0;
      for (int c = 0; c < columns; c++) {
        total += widths[c] + (c > 0 ? gutter(c) : 0);
      }
      int spare = Math.max(0, size.least - total - ARROW - 4) / columns;
      left = new int[columns];
      right = new int[columns];
      int x = 2;
      for (int c = 0; c < columns; c++) {
        x += c > 0 ? gutter(c) : 0;
        left[c] = x;
        x += widths[c] + spare;
        right[c] = x;
      }
    }

    /** How much room the curves of a boundary need: more where codes come and go within the day. */
    private int gutter(int column) {
      LocalDate day = days.get(column);
      boolean passing = lanes.stream().anyMatch(l -> isPassing(l) && touches(l, day));
      return passing ? 2 * size.gutter + CAPSULE : size.gutter;
    }

    private boolean touches(Node lane, LocalDate day) {
      return life.ties().stream()
          .anyMatch(t -> t.date().equals(day) && (t.from().equals(lane) || t.to().equals(lane)));
    }

    /** Whether a code never lasted a day, as far as the edition says. */
    private boolean isPassing(Node lane) {
      return pieces.getOrDefault(lane, List.of()).isEmpty();
    }

    private int y(Node lane) {
      return TOP + size.pitch * lanes.indexOf(lane) + size.pitch / 2;
    }

    private Bar bar(Piece piece) {
      int from = left[piece.first()];
      int to = right[piece.last()];
      int inset = Math.min(size.column / 3, (to - from) / 4);
      return bar(
          piece.node(),
          piece.late() ? from + inset : from,
          piece.early() ? to - inset : to,
          piece.open(),
          shorten(piece.label()));
    }

    private Bar bar(Node lane, int from, int to, boolean open, String label) {
      int y = y(lane) - size.bar / 2;
      String end =
          open
              ? "H%d l%d %d l%d %d".formatted(to, ARROW, size.bar / 2, -ARROW, size.bar / 2)
              : "H%d V%d".formatted(to, y + size.bar);
      return new Bar(
          life.own().contains(lane),
          open,
          "M%d %d %s H%d Z".formatted(from, y, end, from),
          from + size.padding,
          y(lane) + (size.stacked && !label.isEmpty() ? -4 : 5),
          size.stacked ? 17 : 0,
          lane.code(),
          label);
    }

    private Optional<Bar> capsule(Node lane) {
      for (int c = 1; c < days.size(); c++) {
        if (touches(lane, days.get(c))) {
          int from = right[c - 1] + size.gutter;
          return Optional.of(bar(lane, from, from + CAPSULE, false, ""));
        }
      }
      return Optional.empty();
    }

    private Optional<Curve> curve(Tie tie) {
      int column = days.indexOf(tie.date());
      if (column < 1) {
        return Optional.empty();
      }
      if (tie.from().equals(tie.to())) {
        return Optional.empty();
      }
      int x1 =
          isPassing(tie.from()) ? right[column - 1] + size.gutter + CAPSULE : right[column - 1];
      int x2 = isPassing(tie.to()) ? right[column - 1] + size.gutter : left[column];
      boolean own = life.own().contains(tie.from()) || life.own().contains(tie.to());
      return Optional.of(
          new Curve(
              own,
              tie.derived(),
              path(
                  x1,
                  y(tie.from()),
                  isThrough(tie.from(), column),
                  x2,
                  y(tie.to()),
                  isThrough(tie.to(), column))));
    }

    /** Whether a bar goes on over a boundary, so that curves end at its edge. */
    private boolean isThrough(Node lane, int column) {
      return pieces.getOrDefault(lane, List.of()).stream()
          .anyMatch(p -> p.first() < column && p.last() >= column);
    }

    /** A line that turns in the middle of a gutter, so that those of one event share their way. */
    private String path(int x1, int y1, boolean fromThrough, int x2, int y2, boolean toThrough) {
      if (y1 == y2) {
        return "M%d %d H%d".formatted(x1, y1, x2);
      }
      int middle = (x1 + x2) / 2;
      int bend = Math.min(BEND, (x2 - x1) / 2);
      int down = y2 > y1 ? 1 : -1;
      String begin =
          fromThrough
              ? "M%d %d".formatted(middle, y1 + down * size.bar / 2)
              : "M%d %d H%d Q%d %d %d %d"
                  .formatted(x1, y1, middle - bend, middle, y1, middle, y1 + down * bend);
      String end =
          toThrough
              ? "V%d".formatted(y2 - down * size.bar / 2)
              : "V%d Q%d %d %d %d H%d"
                  .formatted(y2 - down * bend, middle, y2, middle + bend, y2, x2);
      return begin + ' ' + end;
    }

    /** The short lines between two bars of one lane that follow each other. */
    private List<Curve> listGoingOn(Node lane) {
      List<Curve> list = new ArrayList<>();
      List<Piece> all = pieces.getOrDefault(lane, List.of());
      for (int i = 1; i < all.size(); i++) {
        Piece before = all.get(i - 1);
        Piece after = all.get(i);
        if (before.last() + 1 == after.first() && !before.early() && !after.late()) {
          LocalDate day = days.get(after.first());
          boolean derived =
              life.ties().stream()
                  .anyMatch(t -> t.date().equals(day) && t.to().equals(lane) && t.derived());
          list.add(
              new Curve(
                  life.own().contains(lane),
                  derived,
                  path(right[before.last()], y(lane), false, left[after.first()], y(lane), false)));
        }
      }
      return list;
    }

    private List<Tick> ticks() {
      List<Tick> list = new ArrayList<>();
      LocalDate begin = days.getFirst();
      if (!begin.equals(LocalDate.MIN)) {
        list.add(new Tick(left[0], "start", text(begin), false));
      }
      for (int c = 1; c < days.size(); c++) {
        list.add(new Tick((right[c - 1] + left[c]) / 2, "middle", text(days.get(c)), true));
      }
      return list;
    }

    /** A day, shortly: its year, with the month where it is not the first of January. */
    private String text(LocalDate day) {
      return day.getDayOfYear() == 1
          ? Integer.toString(day.getYear())
          : DateTimeFormatter.ofPattern("MMM uuuu", locale).format(day);
    }

    private static String shorten(String label) {
      return label.length() <= LONGEST_NAME ? label : label.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** How wide a text is at 13 pixels in a usual face, rather too wide than too narrow. */
    private static int textWidth(String text) {
      double width = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        width +=
            switch (c) {
              case 'i', 'j', 'l', '\'', '.', ',', '|', 'I', ':' -> 3.8;
              case ' ', 't', 'f', 'r', '-', '(', ')', '’' -> 5.0;
              case 'm', 'w', 'M', 'W', 'Œ', 'œ' -> 11.5;
              default -> Character.isUpperCase(c) ? 9.4 : 7.8;
            };
      }
      return (int) Math.ceil(width);
    }
  }
}
