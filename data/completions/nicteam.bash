# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for nicteam; the program itself provides the candidates.

_nicteam()
{
    local line words=("${COMP_WORDS[@]:1:COMP_CWORD}")

    COMPREPLY=()
    while IFS= read -r line; do
        COMPREPLY+=("$(printf %q "${line%%$'\t'*}")")
    done < <(nicteam complete "${words[@]//\\/}" </dev/null 2>/dev/null)
}

complete -o default -F _nicteam nicteam
