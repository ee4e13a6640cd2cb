package fr.pivot.pages;

import fr.pivot.observing.Statistics;
import fr.pivot.observing.Statistics.Line;
import fr.pivot.registry.AskedCodes.Outcome;
import java.util.List;

/**
 * How many codes were asked for.
 *
 * @param lines of the last days that are over, the last one first
 */
public record StatisticsPage(Frame frame, List<Line> lines) {

  /** A count, or that it is not told. */
  public String count(Line line) {
    return line.isTold()
        ? frame.number(line.count())
        : frame.say("moins de " + Statistics.FEWEST, "fewer than " + Statistics.FEWEST);
  }

  /** The sum of the counts that are told. */
  public String total() {
    return frame.number(Statistics.total(lines));
  }

  /** What became of questions, in words. */
  public String words(Outcome outcome) {
    return switch (outcome) {
      case FOUND -> frame.say("trouvés", "found");
      case NOT_IN_FORCE -> frame.say("pas en vigueur ce jour-là", "not in force on that day");
      case NOT_KNOWN -> frame.say("jour dont rien n’est connu", "day of which nothing is known");
      case UNKNOWN -> frame.say("inconnus", "unknown");
    };
  }
}
