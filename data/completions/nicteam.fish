# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for nicteam; the program itself provides the candidates.

function __nicteam_complete
    set -l before (commandline -opc)
    set -l last (commandline -ct)
    set -e before[1]
    nicteam complete $before "$last" </dev/null 2>/dev/null
end

complete -c nicteam -f -a '(__nicteam_complete)'
complete -c nicteam -n '__fish_seen_subcommand_from apply' -F
