# shellcheck shell=bash
# What submit/tapetum and submit/cluster share: the built program, a Java that runs it, and Spark from Maven's jars.
# SUBMIT is the folder of these scripts.

ROOT=$(dirname "$SUBMIT")
TARGET=$ROOT/target

# PyTorch takes and gives back megabytes with every call. Left to itself the C library returns them to the kernel, which
# clears them page by page when they are taken again: that costs a sixth of the time. 32 MiB is the most that every version
# takes. Executors of submit/cluster inherit this; those of other clusters need spark.executorEnv, see the README.
export MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-33554432}
export MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-268435456}

# On AMD's processors of family 26 the oneDNN of this PyTorch computes some convolutions wrongly, unless it is kept from AVX. The
# program checks its arithmetic before it loads a model and refuses to go on; here it is kept from that error to begin with.
if [[ -z ${ONEDNN_MAX_CPU_ISA:-} && -r /proc/cpuinfo ]] && grep -qm1 '^vendor_id.*AuthenticAMD' /proc/cpuinfo &&
  grep -qm1 '^cpu family.*: 26$' /proc/cpuinfo; then
  export ONEDNN_MAX_CPU_ISA=SSE41
fi

fail() {
  printf 'tapetum: %s\n' "$1" >&2
  exit "${2:-2}"
}

# Sets JAVA to a Java that can run the program.
find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    JAVA=$JAVA_HOME/bin/java
    [[ -x $JAVA ]] || fail "JAVA_HOME is $JAVA_HOME, which has no bin/java; set it to a JDK 17"
  else
    JAVA=$(command -v java) || fail "there is no java on the PATH; install a JDK 17, or set JAVA_HOME to one"
  fi

  local version
  version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  case $version in
    17 | 21) ;;
    *) fail "$JAVA is Java ${version:-of an unknown version}; set JAVA_HOME to a JDK 17" ;;
  esac
}

# Sets JAR to the newest program that was built.
find_jar() {
  local jar
  JAR=
  for jar in "$TARGET"/tapetum-*.jar; do
    case $jar in
      *-sources.jar | *-javadoc.jar | *-tests.jar) continue ;;
    esac
    if [[ -f $jar && (-z $JAR || $jar -nt $JAR) ]]; then
      JAR=$jar
    fi
  done
}

# Builds when nothing is built, or when what is built is older than what it is built from.
build_if_needed() {
  find_jar
  local reason=
  if [[ -z $JAR || ! -d $TARGET/lib || ! -d $TARGET/spark/jars ]]; then
    reason='first use: building Tapetum, a few minutes'
  elif [[ -d $ROOT/src/main && -n $(find "$ROOT/src/main" "$ROOT/pom.xml" -newer "$JAR" -print -quit) ]]; then
    reason='the sources have changed: building Tapetum'
  fi

  [[ -n $reason ]] || return 0
  printf 'tapetum: %s\n' "$reason" >&2
  find_java
  # Jars of versions that the program no longer uses would stay on its class path.
  rm -rf "${TARGET:?}/lib" "$TARGET/spark/jars"
  (cd "$ROOT" && ./mvnw -q -Dmaven.test.skip=true -Dspotless.check.skip=true package) >&2 ||
    fail "the build failed; see above, and run ./mvnw package in $ROOT for all of it" 3
  find_jar
  [[ -n $JAR ]] || fail "the build left no jar in $TARGET" 3
  touch "$JAR"
}

# Half of the machine's memory, between 1 and 16 gigabytes.
default_memory() {
  local kilobytes=8388608
  if [[ -r /proc/meminfo ]]; then
    kilobytes=$(awk '/^MemTotal:/ { print $2 }' /proc/meminfo)
  elif command -v sysctl >/dev/null; then
    kilobytes=$(($(sysctl -n hw.memsize) / 1024))
  fi
  local half=$((kilobytes / 2048))
  printf '%dm\n' "$((half < 1024 ? 1024 : half > 16384 ? 16384 : half))"
}

# Replaces this process by a class of Spark, with the options that Spark's own launcher gives it.
spark_java() {
  local command=() argument
  export SPARK_HOME=$TARGET/spark
  export SPARK_SCALA_VERSION=${SPARK_SCALA_VERSION:-2.13}
  while IFS= read -r -d '' argument; do
    # The command comes after a newline; what the JVM may have said comes before it.
    if [[ $argument == $'\n'* ]]; then
      command=("${argument#$'\n'}")
    # Only MLlib makes use of that module, and the JVM warns about it at every start.
    elif [[ $argument != --add-modules=jdk.incubator.vector ]]; then
      command+=("$argument")
    fi
  done < <("$JAVA" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main "$@")
  ((${#command[@]} > 0)) || exit 1
  exec "${command[@]}"
}
