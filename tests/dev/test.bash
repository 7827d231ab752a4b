# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Needs $tree. ./dev test: which suites run in which build and system, and their totals.

: "${tree:?}"
plain_suites=(unit varlink data kernel machine agent cli lab ui)
sanitize_suites=(unit varlink agent cli)
debian_12_suites=(unit varlink kernel agent cli)

test_all () {
  local suite chosen=() sanitize=() debian_12=() directories=() failed=0
  local second_log=$tree/build/test-output/second-lane.log
  [ $# -gt 0 ] || set -- "${plain_suites[@]}" sanitize debian-12
  for suite; do
    case " ${plain_suites[*]} " in
      *" $suite "*) chosen+=("$suite"); continue ;;
    esac
    case $suite in
      sanitize)  sanitize=("${sanitize_suites[@]}") ;;
      debian-12) debian_12=("${debian_12_suites[@]}") ;;
      *)         fail "there is no test suite '$suite'; there are: ${plain_suites[*]} sanitize debian-12" ;;
    esac
  done

  rm -rf "$tree/build/test-output"
  mkdir -p "$tree/build/test-output"
  [ ${#chosen[@]} = 0 ]    || directories+=(dev)
  [ ${#sanitize[@]} = 0 ]  || directories+=(sanitize)
  [ ${#debian_12[@]} = 0 ] || directories+=(debian-12)
  if [ ${#chosen[@]} -gt 0 ] && [ ${#directories[@]} -gt 1 ]; then
    second_lane > "$second_log" 2>&1 &
    # shellcheck disable=SC2064
    trap "kill $! 2> /dev/null" EXIT
    say "Building and testing ${directories[*]:1} beside it; how that goes is in $second_log"
    NICTEAM_LAB_PROCESSOR=0 test_build debian-13 dev "${chosen[@]}"
    wait $! || printf '%s\n' "${directories[@]:1}" >> "$tree/build/test-output/broken"
    trap - EXIT
    cat "$second_log"
  else
    test_build debian-13 dev "${chosen[@]}"
    second_lane
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
