"""Requests that say something at every place the schemas know, in every script: made twice, with names and with values.

The request made of *tokens* has ``T000123Z`` at every place where a writer may put text; the request made of *values* is
the same with a random value at each.  Two letters built from them differ by the values and by nothing else.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from casc_mla.core import columns
from casc_mla.core.schema import Shape, read_schema, root_shape

LANGUAGES = ("en", "ru", "ar")
TOKEN = re.compile(r"T(\d{6})q*Z")

ALPHABETS = {
    "Latin": "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "Latin of Azerbaijan, Turkmenistan and Uzbekistan": "əƏğĞıİöÖşŞçÇüÜňŇýÝžŽäÄʻoʻgʻŌōǵǴ",
    "Latin with accents": "àéîõüßæœøłńśżčřđĳſÅÉÑŸ",
    "Cyrillic": "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
    "Cyrillic of Kazakhstan, Kyrgyzstan and Tajikistan": "әіңғүұқөһӘІҢҒҮҰҚӨҺӣӯҳҷӢӮҲҶњђєїґҐЄЇ",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئپچژگکی",
    "Arabic with vowels": "مُحَمَّدٌعَلِيّـٰۖ",
    "Armenian": "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆԱԲԳԴԵԶ՛՜՝՞",
    "Georgian": "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰᲐᲑᲒᲓ",
    "Greek": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΐΰΑΒΓΔΩ",
    "Hebrew": "אבגדהוזחטיכךלמםנןסעפףצץקרשתָּׁ֑",
    "Devanagari": "अआइईउऊएकखगघचछजझटठडतथदधनपफबभमयरलवशषसहािीुूेैोौ्ंः़",
    "Bengali": "অআইকখগঘচছজঝটঠডতথদধনপফবভমযরলশষসহািীুূেৈোৌ্",
    "Tamil": "அஆஇஈஉகஙசஞடணதநபமயரலவழளறனாிீுூெேை்",
    "Han": "的一是不了人我在有他这中大来上国檢察院證據請求𠀀𠮷",
    "Kana": "あいうえおかきくけこアイウエオカキクケコがぱヴー",
    "Hangul": "가각간검찰청요청각",
    "Thai": "กขคงจฉชซญดตถทนบปผพฟมยรลวศสหอะาิีึืุูเแโใไ่้๊๋์",
    "Ethiopic": "ሀለሐመሠረሰሸቀበተኀነአከ",
    "Mongolian": "ᠠᠡᠢᠣᠤᠥᠦᠨᠩᠪᠫ",
    "Gothic and mathematics": "𐌰𐌱𐌲𝐀𝒜𝔸𝟘",
}
DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "๐๑๒๓๔๕๖๗๘๙"]
SIGNS = [
    *"&<>\"'`{}[]()%#\\/|«»“”„‘’№§€₸₼₾֏₽؋–—…·•°†‰±×÷=+-_@!?;:,.*^~$¢£¥",
    *(
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{{ r.reference }}",
        "{%p if x %}",
        "&amp;",
        "&#65;",
        "<w:t>",
        "</w:t></w:r>",
    ),
    *(
        "]]>",
        "<!--",
        "-->",
        "<?xml?>",
        "\\n",
        "\\a",
        "\\ud800",
        "{_{",
        "%(x)s",
        "{0}",
        "{lang}",
        "$HOME",
        "1) ",
        "None",
    ),
    *("\u0301", "\u0308", "e\u0301", "é", "и\u0306", "й", "\u20dd", "\ufb01", "ﷺ", "\u01c4"),
    *("\u00a0", "\u2009", "\u202f", "\u3000", "\u2011", "  "),
    *("ا\u0653", "آ", "لا", "ـ", "،", "؛", "؟", "٪"),
]
#: Emoji, flags, families; and what nobody sees: free text may hold them, names and numbers may not.
UNSEEN = [
    *(
        "😀",
        "👩🏽\u200d⚖\ufe0f",
        "👨\u200d👩\u200d👧\u200d👦",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ),
    *("🇰🇿", "❤\ufe0f", "#\ufe0f\u20e3"),
    *("\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u2060", "\ufeff", "\u034f"),
    *("\u200e12-34\u200e", "\u200fعربي\u200f"),
]
#: Blocks that the letter of a kind has no section for, so that a request with them is refused.
_NEVER = {"waivers", "spontaneous", "consultation"}
NOT_OF_KIND = {
    "mla": _NEVER,
    "tip": _NEVER,
    "confiscation": _NEVER,
    "transfer": _NEVER,
    "spontaneous": _NEVER - {"spontaneous"} | {"assistance"},
    "consultation": _NEVER - {"consultation"} | {"assistance"},
}
#: White space that the letter folds into one space: it separates words and says nothing else.
FOLDED = ["\n", "\t", " \n ", "   ", "\r\n"]


def fold(text: str) -> str:
    """The only normalisation of a free text that is documented, written once more on its own."""
    out = ""
    for char in text:
        blank = char in " \t\r\n"
        if not (blank and (not out or out[-1] == " ")):
            out += " " if blank else char
    return out.removesuffix(" ")


@dataclass
class Maker:
    """Makes requests; ``written`` holds each value as in the file, ``printed`` as the letter must show it."""

    rng: random.Random
    written: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    ids: dict[str, list[str]] = field(default_factory=dict)
    deep: int = 9

    def value(self, *, free: bool, one_line: bool) -> str:
        """Return a random value: words of some scripts, signs between them; rarely one very long word."""
        rng = self.rng
        scripts = [rng.choice(list(ALPHABETS.values())) for _ in range(rng.choice((1, 1, 2, 3)))]
        if rng.random() < 0.002:
            return "".join(rng.choice(scripts[0] + "0123456789") for _ in range(rng.choice((200, 2000))))
        parts = []
        for _ in range(rng.choice((1, 1, 2, 3, 5, 9))):
            alphabet = rng.choice([*scripts, *scripts, rng.choice(DIGITS)])
            parts.append("".join(rng.choice(alphabet) for _ in range(rng.randint(1, 9))))
            roll = rng.random()
            if roll < 0.35:
                parts.append(rng.choice(SIGNS))
            elif roll < 0.45 and free:
                parts.append(rng.choice(UNSEEN))
            elif roll < 0.55 and free and not one_line:
                parts.append(rng.choice(FOLDED))
            elif roll < 0.9:
                parts.append(" ")
        rng.shuffle(parts)
        text = "".join(parts)
        return text if fold(text) and not text.startswith("1) ") and not text.isspace() else "x" + text

    def token(self, *, free: bool = False, one_line: bool = True, folded: bool = False) -> str:
        """Return the token of a new value; it is as long as the value, because long items of a list are numbered."""
        written = self.value(free=free, one_line=one_line)
        while re.search(r"\n[ \t\r]*\n", written):
            written = self.value(free=free, one_line=one_line)
        shown = fold(written) if free or folded else written
        token = f"T{len(self.written):06d}"
        self.written.append(written)
        self.printed.append(shown)
        return token + "q" * max(0, len(shown) - 8) + "Z"

    def texts(self, *, paragraphs: int) -> dict[str, str]:
        """Return a free text in every language, with the same number of paragraphs."""
        breaks = [self.rng.choice(("\n\n", "\n \t\n", "\r\n\r\n", "\n\n\n")) for _ in range(paragraphs)]
        return {
            lang: "".join(
                (breaks[i] if i else "") + self.token(free=True, one_line=False) for i in range(max(1, paragraphs))
            )
            for lang in LANGUAGES
        }

    def request(self, kind: str, forms: list[str]) -> dict[str, Any]:
        """Return a request of tokens that fills every field."""
        self.ids = {
            name: [f"{name[0].upper()}{i}" for i in range(3)]
            for name in ("persons", "assets", "orders", "offences", "enclosures", "tables")
        }
        tree: dict[str, Any] = self.group(root_shape(kind), kind)
        tree |= {"kind": kind, "languages": list(LANGUAGES), "date": "2026-11-09"}
        for block in NOT_OF_KIND[kind]:
            tree.pop(block, None)
        for person in tree["persons"]:
            person.pop("protected", None)
        tree["persons"].append(
            {
                "id": "V9",
                "role": "victim",
                "protected": True,
                "names": {"latin": "Xanadu Nobody-Knows", "father": "Xan"},
            }
            | {"phone": "+1 000 999 88 77", "pseudonym": self.token()}
        )
        tree["legal_basis"] = [{**basis, "instrument": "untoc"} for basis in tree.get("legal_basis", ())]
        if "assistance" in tree and forms:
            item = root_shape(kind).properties()["assistance"].items()
            tree["assistance"] = [self.group(item, "assistance[]", form=form) for form in forms]
        return tree

    def group(self, shape: Shape, path: str, form: str = "") -> dict[str, Any]:
        """Return an object with every member."""
        made: dict[str, Any] = {"form": form} if form else {}
        members = shape.properties(made or None)
        for name, member in members.items():
            if name == "tables" and member.items().type == "object":
                made[name] = [self.table(identity) for identity in self.ids[name]]
            elif name not in made and path.count(".") < self.deep:
                made[name] = self.member(member, f"{path}.{name}")
        return made

    def table(self, identity: str) -> dict[str, Any]:
        """Return a table that the letter prints, with something in every cell of one row."""
        kind = self.rng.choice(columns.kinds())
        row = {
            name: {
                "date": "2026-03-04",
                "amount": f"{self.rng.randint(1, 10**9)}.50",
                "currency": "USD",
                "seconds": "90",
            }.get(name)
            or (self.rng.choice(self.ids[column.refers_to]) if column.refers_to else self.token())
            for name, column in columns.columns(kind).items()
        }
        made = {"id": identity, "kind": kind, "title": self.texts(paragraphs=1), "placement": "letter"}
        made["origin"] = self.texts(paragraphs=1) if self.rng.random() < 0.6 else self.token(folded=True)
        return {**made, "rows": [row, {"date": "2026-03-05"}]}

    def member(self, shape: Shape, path: str) -> Any:
        """Return the value at one place, by its type."""
        rng = self.rng
        name = path.rsplit(".", 1)[-1].removesuffix("[]")
        if shape.type == "array":
            item = shape.items()
            size = 3 if name in self.ids else rng.choice((1, 2, 3))
            made = [self.member(item, path + "[]") for _ in range(size)]
            if name in self.ids and item.type == "object":
                for element, identity in zip(made, self.ids[name], strict=True):
                    element["id"] = identity
            return made
        if shape.type == "object":
            return self.group(shape, path)
        if shape.refers_to:
            return rng.choice(self.ids.get(shape.refers_to) or ["X1"])
        if shape.type == "text":
            return self.texts(paragraphs=1 if path.endswith("[]") else rng.choice((1, 1, 2, 4)))
        if shape.type == "line":
            return self.texts(paragraphs=1) if rng.random() < 0.6 else self.token(folded=True)
        if shape.type == "names":
            members = shape.properties()
            return {
                key: self.token() if member.type == "string" else self.member(member, f"{path}.{key}")
                for key, member in members.items()
            }
        return self.plain(shape)

    def plain(self, shape: Shape) -> Any:
        """Return a value that has a form of its own."""
        rng = self.rng
        day = f"20{rng.randint(10, 26)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        fixed = {
            "boolean": rng.random() < 0.5,
            "integer": rng.randint(1, 40),
            "date": day,
            "date-time": f"{day}T10:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}+05:00",
            "period": {"from": "2025-01-01", "to": day},
            "money": {"amount": f"{rng.randint(1, 10 ** rng.randint(1, 30))}.50", "currency": "USD", "as_of": day},
            "country": rng.choice(("KZ", "AE", "GE", "TR")),
            "language": rng.choice(("kk", "ar", "en")),
            "iban": "DE89 3704 0044 0532 0130 00",
            "bic": "DEUTDEFF500",
            "email": "office@example.org",
            "phone": "+998 71 233-14-45",
            "id": f"Q{rng.randint(1, 999)}",
        }
        if shape.enum:
            values = [value for value in shape.enum if shape.type != "boolean"]
            return rng.choice(values) if values else rng.random() < 0.5
        return fixed[shape.type] if shape.type in fixed else self.token()

    def with_values(self, tree: Any) -> Any:
        """Return a request of tokens with their values in their places."""
        if isinstance(tree, dict):
            return {key: self.with_values(value) for key, value in tree.items()}
        if isinstance(tree, list):
            return [self.with_values(value) for value in tree]
        return TOKEN.sub(lambda found: self.written[int(found[1])], tree) if isinstance(tree, str) else tree


def all_forms() -> list[str]:
    """Return the codes of all forms of assistance."""
    return [name for name in read_schema("forms.schema.json")["$defs"] if re.fullmatch(r"[A-Z]{2}-\d\d", name)]
