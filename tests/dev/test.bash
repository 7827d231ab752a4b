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
  local suite lane chosen=() sanitize=() debian_12=() fuzz=() directories=() failed=0
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

  rm -rf "$output"
  mkdir -p "$output"
  [ ${#chosen[@]} = 0 ]    || directories+=(dev)
  [ ${#sanitize[@]} = 0 ]  || directories+=(sanitize)
  [ ${#debian_12[@]} = 0 ] || directories+=(debian-12)
  [ ${#fuzz[@]} = 0 ]      || directories+=(fuzz)
  if [ ${#chosen[@]} -gt 0 ] && [ ${#directories[@]} -gt 1 ]; then
    for lane in second third; do
      { ("${lane}_lane") || echo "$lane-lane" >> "$output/broken"; } > "$output/$lane-lane.log" 2>&1 &
    done
    # shellcheck disable=SC2046,SC2064
    trap "kill $(jobs -p | paste -sd' ') 2> /dev/null" EXIT
    say "Building and testing ${directories[*]:1} beside it; how that goes is in $output/*-lane.log"
    NICTEAM_LAB_PROCESSOR=0 test_build debian-13 dev "${chosen[@]}"
    wait
    trap - EXIT
    cat "$output/second-lane.log" "$output/third-lane.log"
  else
    test_build debian-13 dev "${chosen[@]}"
    second_lane
    third_lane
  fi
  (inside debian-13 "$tree/tests/dev/totals.py" "${directories[@]}") || failed=1
  return "$failed"
}

# The builds that are tested beside the first one: a lab's kernel uses one processor.
second_lane () {
  export NICTEAM_LAB_PROCESSOR=1
  test_build debian-13 sanitize "${sanitize[@]}"
  test_build debian-12 debian-12 "${debian_12[@]}"
}

# The labs wait a lot, for links and for LACP: that time is enough for the fuzzers. Clang is in the system that only tests
# have, and the libraries there are the less careful ones.
third_lane () {
  [ ${#fuzz[@]} -gt 0 ] || return 0
  renice -n 19 "$BASHPID" > /dev/null
  test_build debian-12 fuzz "${fuzz[@]}"
}

# test_build SYSTEM BUILD SUITE… runs suites of one build. How they end is read from what
# meson has written; that it could not even build is written down for it.
test_build () {
  local system=$1 build=$2
  shift 2
  [ $# -gt 0 ] || return 0
  say "Building $build and testing it: $*"
  ready "$system"
  (inside "$system" "$tree/tests/dev/test-build.py" "$build" "$@") ||
    echo "$build" >> "$tree/build/test-output/broken"
}
