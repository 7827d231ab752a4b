# SPDX-License-Identifier: GPL-3.0-or-later
"""A pseudo-language made of English: each text is reversed, as a right-to-left language, so that a window in it
shows elements that are not mirrored, and untranslated text stands out."""

import json
import re
import subprocess
from pathlib import Path

# A code that GTK treats as right-to-left.
LANGUAGE = "ar"

RIGHT_TO_LEFT_OVERRIDE, END = "\u202e", "\u202c"
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ar\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def translate(text):
    if text == "default:LTR":
        return "default:RTL"
    return "\n".join(f"{RIGHT_TO_LEFT_OVERRIDE}{line}{END}" if line else "" for line in text.split("\n"))


def _messages(catalogue):
    """(msgid, msgid_plural or None) of each message of a catalogue."""
    for block in catalogue.read_text(encoding="utf-8").split("\n\n"):
        found = {}
        for name in ("msgid", "msgid_plural"):
            match = re.search(rf'^{name} ((?:".*"\n?)+)', block, re.MULTILINE)
            if match:
                found[name] = "".join(json.loads(line) for line in match[1].strip().split("\n"))
        if found.get("msgid"):
            yield found["msgid"], found.get("msgid_plural")


def make(catalogue, folder):
    """Writes the pseudo-translation of a whole catalogue into a folder of locales."""
    target = Path(folder) / LANGUAGE / "LC_MESSAGES"
    target.mkdir(parents=True, exist_ok=True)
    entries = [HEADER]
    for text, plural in _messages(catalogue):
        lines = [f"msgid {json.dumps(text, ensure_ascii=False)}"]
        if plural is None:
            lines.append(f"msgstr {json.dumps(translate(text), ensure_ascii=False)}")
        else:
            lines.append(f"msgid_plural {json.dumps(plural, ensure_ascii=False)}")
            lines += [f"msgstr[{i}] {json.dumps(translate(form), ensure_ascii=False)}" for i, form in enumerate((text, plural))]
        entries.append("\n".join(lines))
    source = target / "nicteam.po"
    source.write_text("\n\n".join(entries) + "\n", encoding="utf-8")
    subprocess.run(["msgfmt", "-o", target / "nicteam.mo", source], check=True)
