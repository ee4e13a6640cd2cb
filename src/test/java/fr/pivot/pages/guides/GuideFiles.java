package fr.pivot.pages.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.parser.Parser;

/** The guides as they are written: what they show is read from them and tried. */
final class GuideFiles {

  private static final Pattern ADDRESS =
      Pattern.compile(Pattern.quote(Guides.SERVER) + "[^\\s\"'`)|<>]*");

  /** The places in formulas where a code of the reader's own stands. */
  private static final String CELL = "\"&A2&\"";

  private GuideFiles() {}

  /** A guide, in a language. */
  record File(String language, String name) {

    @Override
    public String toString() {
      return language + '/' + name;
    }
  }

  /**
   * A program and what it prints.
   *
   * @param language of the program: {@code python}, {@code r}, {@code sh}
   */
  record Program(File file, String language, String code, String answer) {}

  /** What an address of the server answers. */
  record Shown(File file, String address, String answer) {}

  static List<File> list() {
    return Guides.NAMES.stream()
        .flatMap(name -> List.of(new File("fr", name), new File("en", name)).stream())
        .toList();
  }

  static String text(File file) {
    try {
      return Files.readString(Path.of("docs/guides/" + file + ".md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<FencedCodeBlock> blocks(File file) {
    List<FencedCodeBlock> blocks = new ArrayList<>();
    Parser.builder()
        .build()
        .parse(text(file))
        .accept(
            new AbstractVisitor() {
              @Override
              public void visit(FencedCodeBlock block) {
                blocks.add(block);
              }
            });
    return blocks;
  }

  /** All addresses of the server that a guide names, a code in the place of a cell. */
  static Set<String> addresses(File file) {
    Set<String> found = new LinkedHashSet<>();
    Matcher matcher = ADDRESS.matcher(text(file).replace(CELL, "93066"));
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  static List<Shown> answers(File file) {
    return blocks(file).stream()
        .filter(block -> block.getInfo().startsWith(Guides.SERVER))
        .map(block -> new Shown(file, block.getInfo(), block.getLiteral()))
        .toList();
  }

  /** The programs that are followed by what they print. */
  static List<Program> programs(File file) {
    List<Program> programs = new ArrayList<>();
    List<FencedCodeBlock> blocks = blocks(file);
    for (int i = 1; i < blocks.size(); i++) {
      if (blocks.get(i).getInfo().equals("answer")) {
        FencedCodeBlock program = blocks.get(i - 1);
        programs.add(
            new Program(file, program.getInfo(), program.getLiteral(), blocks.get(i).getLiteral()));
      }
    }
    return programs;
  }
}
