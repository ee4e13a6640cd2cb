package fr.pivot.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Writes rows of codes of which one in twenty is damaged, as people damage them. Seeded. */
final class DamagedRows {

  private DamagedRows() {}

  /** Takes how many rows, and the files of communes, postal codes and the NAF, a code a line. */
  public static void main(String[] args) throws IOException {
    int rows = Integer.parseInt(args[0]);
    List<String> communes = Files.readAllLines(Path.of(args[1]));
    List<String> postal = Files.readAllLines(Path.of(args[2]));
    List<String> naf =
        Files.readAllLines(Path.of(args[3])).stream().filter(c -> c.length() == 6).toList();
    Random random = new Random(2026);
    try (PrintStream out =
        new PrintStream(
            new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8)) {
      out.print("id,commune,siret,ape,cp,objet\n");
      for (int i = 0; i < rows; i++) {
        out.print(
            i
                + ","
                + damage(pick(communes, random), random, 0)
                + ','
                + damage(siret(random), random, 1)
                + ','
                + damage(pick(naf, random), random, 2)
                + ','
                + damage(pick(postal, random), random, 0)
                + ",\"subvention, ligne "
                + i % 977
                + "\"\n");
      }
    }
  }

  private static String pick(List<String> codes, Random random) {
    return codes.get(random.nextInt(codes.size()));
  }

  private static String siret(Random random) {
    String siren = withKey(String.format("%08d", random.nextInt(100_000_000)));
    return withKey(siren + String.format("%04d", random.nextInt(10_000)));
  }

  private static String withKey(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? 2 * digit : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return digits + (10 - sum % 10) % 10;
  }

  private static String damage(String code, Random random, int kind) {
    if (random.nextInt(20) > 0) {
      return code;
    }
    return switch (kind) {
      case 0 ->
          code.startsWith("0") ? code.substring(1) : random.nextBoolean() ? code + ' ' : "99999";
      case 1 ->
          random.nextBoolean()
              ? code.substring(0, 13) + (code.charAt(13) - '0' + 1) % 10
              : code.substring(0, 3) + ' ' + code.substring(3);
      default -> code.replace(".", "").toLowerCase(java.util.Locale.ROOT);
    };
  }
}
