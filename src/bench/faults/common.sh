# What the fault scripts share: commands on a home, and what a registry says. Sourced after ../common.sh.

# Runs a command of Pivot on the home; what it prints is in out and err of the work folder.
pivot() {
  # shellcheck disable=SC2086
  "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Duser.language=en ${PIVOT_JAVA_OPTS:-} \
    -Dpivot.referentials="$shipped" -jar "$jar" "$@" --home "$work/home" >"$work/out" 2>"$work/err"
}

# The same in the background; its process id is in $pid.
pivot_begins() {
  # shellcheck disable=SC2086
  start "$java_home/bin/java" --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 -Duser.language=en ${PIVOT_JAVA_OPTS:-} \
    -Dpivot.referentials="$shipped" -jar "$jar" "$@" --home "$work/home" >"$work/begun.out" 2>"$work/begun.err"
}

# Leaves what is published, with digests and counts, in $told; fails where a command fails or the registry is not as published.
tell() {
  pivot verify || fail "$1: verify ends with $?: $(cat "$work/out" "$work/err")"
  pivot releases --json || fail "$1: releases ends with $?: $(cat "$work/err")"
  told=$(sed 's/"published[A-Za-z]*":"[^"]*"//' "$work/out" | sort)
}

# The folder of the referentials that ship, with the editions of the first ones named only.
ship() { # target referential…
  local target=$1 each name
  shift
  mkdir -p "$target"
  for each in "$root"/referentials/*/descriptor.json; do
    name=$(basename "$(dirname "$each")")
    mkdir -p "$target/$name"
    cp "$each" "$target/$name/"
  done
  for name in "$@"; do
    cp -r "$root/referentials/$name" "$target/"
  done
}

postmaster() {
  head -n 1 "$work/home/postgres/data/postmaster.pid" 2>/dev/null || true
}

# Ends the PostgreSQL of the home, if one runs, whatever became of who started it.
end_postgres() {
  local main
  main=$(postmaster)
  if [ -n "$main" ] && kill -0 "$main" 2>/dev/null; then
    kill -INT "$main" 2>/dev/null || true
    for _ in $(seq 100); do
      kill -0 "$main" 2>/dev/null || return 0
      sleep 0.1
    done
    kill -9 "$main" 2>/dev/null || true
  fi
}
