package fr.pivot.referential;

import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The languages that Pivot speaks, and how sentences, days and numbers are written in them. */
public enum Language {
  /** French, which is spoken where nothing else is asked for. */
  FRENCH("fr", Locale.FRENCH),
  /** English. */
  ENGLISH("en", Locale.ENGLISH);

  /** What the languages are called in addresses and documents (BCP 47), in order. */
  public static final List<String> IDS = Arrays.stream(values()).map(Language::id).toList();

  private static final Pattern BEFORE_SIGN = Pattern.compile(" (?=[:;?!»%])");
  private static final Pattern AFTER_QUOTE = Pattern.compile("« ");

  private final String id;
  private final Locale locale;
  private final DateTimeFormatter days;

  Language(String id, Locale locale) {
    this.id = id;
    this.locale = locale;
    this.days = DateTimeFormatter.ofPattern("d MMMM uuuu", locale);
  }

  /** What the language is called in addresses and documents (BCP 47): {@code fr}, {@code en}. */
  public String id() {
    return id;
  }

  /** How numbers and days are written. */
  public Locale locale() {
    return locale;
  }

  /** The language of an id. */
  public static Optional<Language> find(String id) {
    return Arrays.stream(values()).filter(language -> language.id.equals(id)).findFirst();
  }

  /** The other one. */
  public Language other() {
    return this == FRENCH ? ENGLISH : FRENCH;
  }

  /** Whether it is English. */
  public boolean isEnglish() {
    return this == ENGLISH;
  }

  /** One of two sentences. French signs that want a space before them get one that holds. */
  public String say(String fr, String en) {
    return isEnglish() ? en : french(fr);
  }

  /** A sentence in the language. */
  public String say(Text text) {
    return say(text.fr(), text.en());
  }

  /** A French text with spaces that hold before signs that want one. */
  public static String french(String text) {
    return AFTER_QUOTE
        .matcher(BEFORE_SIGN.matcher(text).replaceAll("\u00a0"))
        .replaceAll("«\u00a0");
  }

  /** A day in words: {@code 1er janvier 2018}. */
  public String day(LocalDate day) {
    String text = days.format(day);
    return this == FRENCH && day.getDayOfMonth() == 1 ? "1er" + text.substring(1) : text;
  }

  /** A number, its digits in groups. */
  public String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  @Override
  public String toString() {
    return id;
  }
}
