# What the benchmarks share: the JDK, the packaged program, servers that end with the script. Sourced, not run.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
started=()

finish() {
  for pid in "${started[@]:-}"; do
    [ -z "$pid" ] || kill "$pid" 2>/dev/null || true
  done
  for pid in "${started[@]:-}"; do
    [ -z "$pid" ] || wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

fail() {
  echo "$1" >&2
  exit 1
}

find_java() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -r "$home/release" ] && [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")" -ge 25 ]; then
      java_home=$home
      return
    fi
  done
  fail "No JDK 25 or later: set JAVA_HOME."
}

find_program() {
  jar=$(ls "$root"/target/pivot-*.jar 2>/dev/null | head -n 1) || true
  [ -n "$jar" ] || fail "Nothing is built yet: run 'mvn -DskipTests package' first."
}

free_port() {
  local port
  for port in $(shuf -i 12000-32000 -n 50); do
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}

# CPU seconds, user and system, that a process has used.
cpu() {
  awk -v hz="$(getconf CLK_TCK)" '{sub(/.*\) /, ""); print ($12 + $13) / hz}' "/proc/$1/stat"
}

now() {
  date +%s.%N
}

# Starts a program in the background; its process id is in $pid.
start() {
  "$@" &
  pid=$!
  started+=("$pid")
}

stop() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

await() {
  local url=$1 of=$2
  until curl -sf -o /dev/null "$url"; do
    kill -0 "$of" 2>/dev/null || fail "The server ended: $(tail -n 5 "$work"/*.log)"
    sleep 0.05
  done
}
