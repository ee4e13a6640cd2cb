package fr.pivot.importing.files;

import fr.pivot.formats.FileHead;
import fr.pivot.formats.InputFile;
import fr.pivot.formats.Recognised;
import fr.pivot.formats.Recognised.Holding;
import fr.pivot.formats.ReleaseFormat;
import fr.pivot.formats.categories.CategoriesFormat;
import fr.pivot.formats.cofog.CofogFormat;
import fr.pivot.formats.cog.CogFormat;
import fr.pivot.formats.comptes.ComptesFormat;
import fr.pivot.formats.dgcl.DgclFormat;
import fr.pivot.formats.eurostat.EurostatFormat;
import fr.pivot.formats.genericode.GenericodeFormat;
import fr.pivot.formats.hexasmal.HexasmalFormat;
import fr.pivot.formats.naf.NafFormat;
import fr.pivot.formats.pack.PackFormat;
import fr.pivot.formats.pays.PaysFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files told apart by what they hold.
 *
 * @param batches what is read together, in the order in which it is to be read: lists before the
 *     tables that need them
 * @param unclear the files that no format knows, or more than one; where there are any, nothing is
 *     to be read
 */
public record Recognition(List<Batch> batches, List<Unclear> unclear) {

  /** The formats that say themselves what they are; tables between two editions do not. */
  public static final List<ReleaseFormat> FORMATS =
      List.of(
          new CogFormat(),
          new NafFormat(),
          new EurostatFormat(),
          new PaysFormat(),
          new HexasmalFormat(),
          new DgclFormat(),
          new CategoriesFormat(),
          new CofogFormat(),
          new ComptesFormat(),
          new GenericodeFormat(),
          new PackFormat());

  /**
   * Files of one format, which are read together.
   *
   * @param holding what they hold; a list where one of them is one
   */
  public record Batch(ReleaseFormat format, List<InputFile> files, Holding holding) {}

  /**
   * A file of which nobody can say what it is.
   *
   * @param formats those that claim it, in order; none, or several
   */
  public record Unclear(FileHead head, List<ReleaseFormat> formats) {}

  /**
   * Tells what files are.
   *
   * @param formats those that may know them
   * @param folders the files of each folder: a pack is made of files of one
   * @throws IOException when the bytes cannot be had
   */
  public static Recognition of(List<ReleaseFormat> formats, List<List<InputFile>> folders)
      throws IOException {
    List<Batch> packs = new ArrayList<>();
    Map<ReleaseFormat, List<Seen>> byFormat = new LinkedHashMap<>();
    formats.forEach(format -> byFormat.put(format, new ArrayList<>()));
    List<Unclear> unclear = new ArrayList<>();
    for (List<InputFile> folder : folders) {
      List<Seen> seen = new ArrayList<>();
      for (InputFile file : folder) {
        FileHead head = FileHead.read(file);
        seen.add(new Seen(file, head, claims(formats, head)));
      }
      packs.addAll(takePacks(seen));
      for (Seen file : seen) {
        if (file.claims().size() == 1) {
          byFormat
              .computeIfAbsent(file.claims().getFirst().format(), _ -> new ArrayList<>())
              .add(file);
        } else {
          unclear.add(new Unclear(file.head(), file.claims().stream().map(Claim::format).toList()));
        }
      }
    }
    List<Batch> batches = new ArrayList<>();
    byFormat.forEach(
        (format, files) -> {
          if (!files.isEmpty()) {
            batches.add(batch(format, files));
          }
        });
    batches.addAll(packs);
    batches.sort(Comparator.comparing(Batch::holding));
    return new Recognition(List.copyOf(batches), List.copyOf(unclear));
  }

  /** A format that knows a file. */
  private record Claim(ReleaseFormat format, Recognised as) {}

  /** A file, and who knows it. */
  private record Seen(InputFile file, FileHead head, List<Claim> claims) {}

  private static List<Claim> claims(List<ReleaseFormat> formats, FileHead head) {
    return formats.stream()
        .flatMap(f -> f.recognise(head).map(as -> new Claim(f, as)).stream())
        .toList();
  }

  private static Batch batch(ReleaseFormat format, List<Seen> files) {
    Holding holding =
        files.stream()
            .map(seen -> seen.claims().getFirst().as().holding())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return new Batch(format, files.stream().map(Seen::file).toList(), holding);
  }

  /** Takes out what says of other files of its folder that they are its own, and those files. */
  private static List<Batch> takePacks(List<Seen> folder) {
    List<Batch> packs = new ArrayList<>();
    for (Seen description : List.copyOf(folder)) {
      for (Claim claim : description.claims()) {
        List<String> parts = claim.as().parts();
        if (!parts.isEmpty()) {
          List<Seen> own =
              folder.stream()
                  .filter(seen -> seen == description || parts.contains(seen.file().name()))
                  .toList();
          packs.add(
              new Batch(
                  claim.format(), own.stream().map(Seen::file).toList(), claim.as().holding()));
          folder.removeAll(own);
        }
      }
    }
    return packs;
  }
}
