package fr.pivot.cli;

/** The exit codes of the {@code pivot} command; documented in its help. */
final class Exit {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int REJECTED = 3;
  static final int NOT_FOUND = 4;
  static final int CONFLICT = 5;
  static final int NO_DATABASE = 6;
  static final int ALTERED = 7;

  static final String[] HELP = {
    "0:done",
    "1:something failed that should not have",
    "2:the command line is wrong",
    "3:the files were read and refused; nothing was changed",
    "4:a code, edition or referential does not exist",
    "5:another import of the same referential is under way",
    "6:no database: the home folder or the server cannot be used",
    "7:the registry is not what was published"
  };

  private Exit() {}
}
