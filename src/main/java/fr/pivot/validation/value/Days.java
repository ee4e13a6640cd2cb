package fr.pivot.validation.value;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** The days of files: ISO 8601 with or without a time, {@code 31/12/2019}, or a year alone. */
public final class Days {

  private Days() {}

  /** The day that a text says: of a year alone, its 1 January; empty where it says none. */
  public static Optional<LocalDate> read(String text) {
    String day = Reading.strip(text);
    try {
      if (day.length() == 4 && Reading.isNumber(day)) {
        return Optional.of(LocalDate.of(Integer.parseInt(day), 1, 1));
      }
      if (day.length() >= 10 && day.charAt(4) == '-' && day.charAt(7) == '-') {
        return Optional.of(LocalDate.parse(day.substring(0, 10)));
      }
      if (day.length() >= 10 && isSlash(day.charAt(2)) && isSlash(day.charAt(5))) {
        return Optional.of(
            LocalDate.of(
                Integer.parseInt(day.substring(6, 10)),
                Integer.parseInt(day.substring(3, 5)),
                Integer.parseInt(day.substring(0, 2))));
      }
      if (day.length() == 8 && Reading.isNumber(day)) {
        return Optional.of(
            LocalDate.of(
                Integer.parseInt(day.substring(0, 4)),
                Integer.parseInt(day.substring(4, 6)),
                Integer.parseInt(day.substring(6))));
      }
    } catch (DateTimeException | NumberFormatException _) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isSlash(char c) {
    return c == '/' || c == '-' || c == '.';
  }
}
