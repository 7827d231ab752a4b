# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Needs $tree. ./dev test: which suites run in which build and system, and their totals.

: "${tree:?}"
plain_suites=(unit varlink data kernel machine agent cli lab ui)
sanitize_suites=(unit varlink agent cli)
debian_12_suites=(unit varlink kernel agent cli)
fuzz_suites=(fuzz)

test_all () {
  local suite chosen=() sanitize=() debian_12=() fuzz=() directories=() failed=0
  local output=$tree/build/test-output
  [ $# -gt 0 ] || set -- "${plain_suites[@]}" sanitize debian-12 fuzz
  for suite; do
    case " ${plain_suites[*]} " in
      *" $suite "*) chosen+=("$suite"); continue ;;
    esac
    case $suite in
      sanitize)  sanitize=("${sanitize_suites[@]}") ;;
      debian-12) debian_12=("${debian_12_suites[@]}") ;;
      fuzz)      fuzz=("${fuzz_suites[@]}") ;;
      *)         fail "there is no test suite '$suite'; there are: ${plain_suites[*]} sanitize debian-12 fuzz" ;;
    esac
  done

  rm -rf "$output" "$tree"/build/*/meson-logs/testlog*
  mkdir -p "$output"
  [ ${#chosen[@]} = 0 ]    || directories+=(dev)
  [ ${#sanitize[@]} = 0 ]  || directories+=(sanitize)
  [ ${#debian_12[@]} = 0 ] || directories+=(debian-12)
  [ ${#fuzz[@]} = 0 ]      || directories+=(fuzz)
  if [ ${#chosen[@]} -gt 0 ] && [ ${#directories[@]} -gt 1 ]; then
    test_in_lanes
  else
    test_build debian-13 dev "${chosen[@]}"
    builds_lane
    fuzz_lane
  fi
  (inside debian-13 "$tree/tests/dev/totals.py" "${directories[@]}") || failed=1
  return "$failed"
}

# Side by side, as labs wait a lot, for links and for LACP. The window's tests and the lab's own have a lane, which needs
# what is built first.
test_in_lanes () {
  local suite rest=()
  window=()
  for suite in "${chosen[@]}"; do
    case $suite in
      ui|lab) window+=("$suite") ;;
      *)      rest+=("$suite") ;;
    esac
  done
  # Whoever ends this ends the lanes. That none is left to end is no failure.
  # shellcheck disable=SC2046
  trap 'kill $(jobs -p) 2> /dev/null || true' EXIT
  start_lane builds
  start_lane fuzz
  say "Building and testing ${directories[*]:1} beside it; how that goes is in $output/*-lane.log"
  test_build debian-13 dev build
  [ ${#window[@]} = 0 ] || start_lane window
  NICTEAM_LAB_PROCESSOR=0 test_build debian-13 dev "${rest[@]}"
  wait
  cat "$output"/*-lane.log
}

start_lane () {
  { ("$1_lane") || echo "$1-lane" >> "$output/broken"; } > "$output/$1-lane.log" 2>&1 &
}

# The builds that are tested beside the first one: a lab's kernel uses one processor.
builds_lane () {
  export NICTEAM_LAB_PROCESSOR=1
  test_build debian-13 sanitize "${sanitize[@]}"
  test_build debian-12 debian-12 "${debian_12[@]}"
}

window_lane () {
  test_build debian-13 dev "${window[@]}"
}

# Whatever time is left is enough for the fuzzers. Clang is in the system that only tests have, and the libraries there are
# the less careful ones.
fuzz_lane () {
  [ ${#fuzz[@]} -gt 0 ] || return 0
  renice -n 19 "$BASHPID" > /dev/null
  test_build debian-12 fuzz "${fuzz[@]}"
}

# test_build SYSTEM BUILD SUITE… runs suites of one build, or only makes it, for the suite “build”. How they end is read from
# what meson has written; that it could not even build is written down for it.
test_build () {
  local system=$1 build=$2
  shift 2
  [ $# -gt 0 ] || return 0
  say "Building $build and testing it: $*"
  ready "$system"
  (inside "$system" "$tree/tests/dev/test-build.py" "$build" "$@") ||
    echo "$build" >> "$tree/build/test-output/broken"
}
