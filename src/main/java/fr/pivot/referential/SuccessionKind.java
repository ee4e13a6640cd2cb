package fr.pivot.referential;

/** What happened to a code at a {@link Succession}. */
public enum SuccessionKind {
  /** The code appears, from nothing or from a part of others that go on. */
  CREATED("Création", "Creation", "création", "créations", "created"),
  /** The code disappears and nothing takes its place. */
  CEASED("Disparition", "End", "disparition", "disparitions", "ceased"),
  /** The label changes, the code stays. */
  RENAMED("Changement de nom", "Renaming", "changement de nom", "changements de nom", "renamed"),
  /** The unit goes on under another code. */
  RECODED("Changement de code", "Recoding", "changement de code", "changements de code", "recoded"),
  /** Several units become one. */
  MERGED("Fusion", "Merger", "code fusionné", "codes fusionnés", "merged"),
  /** One unit becomes several. */
  SPLIT("Partage", "Split", "code issu d’un partage", "codes issus d’un partage", "split off"),
  /** A unit that had been merged stands on its own again. */
  RESTORED("Rétablissement", "Restoration", "code rétabli", "codes rétablis", "restored"),
  /** The unit changes its status or the unit it belongs to, not its code. */
  MOVED(
      "Changement de statut ou de rattachement",
      "Change of status or place",
      "changement de statut ou de rattachement",
      "changements de statut ou de rattachement",
      "moved"),
  /** The publisher's event is of a type that this version of Pivot does not know; it is kept. */
  OTHER("Autre évènement", "Other event", "autre évènement", "autres évènements", "other");

  private final Text title;
  private final Text one;
  private final Text many;

  SuccessionKind(String fr, String en, String oneFr, String manyFr, String past) {
    title = new Text(fr, en);
    one = new Text(oneFr, past);
    many = new Text(manyFr, past);
  }

  /** The kind as it is written in packs and answers. */
  public String id() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** What it is called, as a title. */
  public Text title() {
    return title;
  }

  /**
   * What follows a number of changes of this kind: "2 codes fusionnés", "2 merged". A merger of
   * three codes is three changes.
   */
  public Text counted(int number) {
    return number == 1 ? one : many;
  }
}
