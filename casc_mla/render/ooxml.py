"""The few Open XML parts and names that the letters need; written once, so that nothing is inherited unseen."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"

RIGHT_TO_LEFT = ("ar",)
#: The tag that names each language to Word; Arabic goes into the slot for complex scripts.
LANGUAGE_TAGS = {"en": "en-GB", "ru": "ru-RU", "ar": "ar-AE"}


def w(name: str) -> str:
    """Return a WordprocessingML name in the notation of lxml."""
    return f"{{{W}}}{name}"


def document_xml(body: str) -> str:
    """Return the main part around a body."""
    return f'{DECLARATION}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'


def content_types(parts: dict[str, str], *, with_request: bool = False) -> str:
    """Return ``[Content_Types].xml``; ``parts`` maps part names to the last word of their content type."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in sorted(parts.items())
    )
    if with_request:
        overrides += (
            '<Override PartName="/customXml/itemProps1.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
        )
    return (
        f'{DECLARATION}<Types xmlns="{_PKG}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}"
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def package_relations() -> str:
    """Return ``_rels/.rels``."""
    return (
        f'{DECLARATION}<Relationships xmlns="{_PKG}/relationships">'
        f'<Relationship Id="rId1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PKG}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        f'<Relationship Id="rId3" Type="{_REL}/extended-properties" Target="docProps/app.xml"/></Relationships>'
    )


def document_relations(targets: dict[str, str], *, with_request: bool = False) -> str:
    """Return the relations of the main part; ``targets`` maps relation ids to file names such as ``styles.xml``."""
    rows = f'<Relationship Id="rId99" Type="{_REL}/theme" Target="theme/theme1.xml"/>' + "".join(
        f'<Relationship Id="{rid}" Type="{_REL}/{name.split(".")[0].rstrip("0123456789")}" Target="{name}"/>'
        for rid, name in targets.items()
    )
    if with_request:
        rows += f'<Relationship Id="rId98" Type="{_REL}/customXml" Target="../customXml/item1.xml"/>'
    return f'{DECLARATION}<Relationships xmlns="{_PKG}/relationships">{rows}</Relationships>'


def core_properties(title: str, language: str, moment: str) -> str:
    """Return the core properties: a title and a language, and nobody's name."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PKG}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f"<dc:language>{language}</dc:language>"
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
    )


def app_properties() -> str:
    """Return the extended properties: the application, and no company, template or editing time."""
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>casc-mla</Application></Properties>"
    )


def build_time(default: str = "1980-01-01") -> datetime:
    """Return the moment that a document carries: ``SOURCE_DATE_EPOCH``, else the date of the request (UTC)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.fromisoformat(default).replace(tzinfo=UTC)


def zip_parts(parts: dict[str, str | bytes]) -> bytes:
    """Return a package with the same bytes for the same parts: fixed times, fixed order."""
    buffer = io.BytesIO()
    order = ["[Content_Types].xml", "_rels/.rels"]
    names = order + sorted(name for name in parts if name not in order)
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in names:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            content = parts[name]
            archive.writestr(info, content.encode("utf-8") if isinstance(content, str) else content)
    return buffer.getvalue()


#: A letter unpacks to a few megabytes; what is larger was made to fill a memory.
MAX_UNPACKED = 200_000_000


def read_parts(raw: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name.

    Raises:
        ValueError: it would unpack to more than ``MAX_UNPACKED`` bytes.

    """
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
            raise ValueError
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def parse_xml(raw: bytes) -> etree._Element:
    """Return the tree of a part that may come from anywhere: no entities, no network."""
    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))


FONTS = {
    "Times New Roman": ("Liberation Serif", "roman"),
    "Noto Naskh Arabic": ("Traditional Arabic", "roman"),
}


def font_table() -> str:
    """Return the fonts used, each with the name it goes by on the other systems."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:family w:val="{family}"/></w:font>'
        for name, (other, family) in FONTS.items()
    )
    return f'{DECLARATION}<w:fonts xmlns:w="{W}">{rows}</w:fonts>'


def settings() -> str:
    """Return document settings: hyphenation on, compatibility with current Word, no revision ids."""
    return (
        f'{DECLARATION}<w:settings xmlns:w="{W}"><w:autoHyphenation/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def styles(lang: str) -> str:
    """Return the style sheet that a new template of a language begins with; lawyers change it in Word."""
    rtl = lang in RIGHT_TO_LEFT
    bidi = "<w:bidi/>" if rtl else ""
    size, small, large = "22", "18", "26"
    cs, cs_small, cs_large = ("22", "18", "26") if not rtl else ("23", "19", "27")
    # Naskh fonts ask for so much leading that the columns would drift apart; a fixed line keeps them level.
    leading = '<w:spacing w:line="305" w:lineRule="exact"/>' if rtl else ""
    tag = LANGUAGE_TAGS[lang]
    language = f'<w:lang w:val="{"en-GB" if rtl else tag}" w:bidi="{tag if rtl else "ar-AE"}"/>'
    # In a right-to-left paragraph Word reads left as "start", so the same value serves both directions.

    def paragraph(identity: str, name: str, ppr: str = "", rpr: str = "", based: str = "Normal") -> str:
        base = f'<w:basedOn w:val="{based}"/>' if based else ""
        default = ' w:default="1"' if identity == "Normal" else ""
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{identity}"><w:name w:val="{name}"/>{base}<w:qFormat/>'
            f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
        )

    def sized(value: str, complex_value: str) -> str:
        return f'<w:sz w:val="{value}"/><w:szCs w:val="{complex_value}"/>'

    bold = "<w:b/><w:bCs/>"
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" '
        f'w:cs="{"Noto Naskh Arabic" if rtl else "Times New Roman"}"/>{sized(size, cs)}{language}</w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        + paragraph(
            "Normal",
            "Normal",
            f"<w:widowControl/>{bidi}{leading}",
            '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" '
            f'w:cs="{"Noto Naskh Arabic" if rtl else "Times New Roman"}"/>{sized(size, cs)}{language}',
            "",
        )
        + paragraph("Body", "Letter Body", '<w:spacing w:after="100"/><w:jc w:val="left"/>')
        # After a block without a heading between: some space parts the two.
        + paragraph("BodyHead", "Letter Body Head", '<w:spacing w:before="200" w:after="100"/>', based="Body")
        + paragraph(
            "Title",
            "Title",
            '<w:keepNext/><w:spacing w:before="200" w:after="120"/><w:jc w:val="center"/>',
            bold + sized(large, cs_large),
        )
        + paragraph(
            "Heading1",
            "heading 1",
            '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="0"/>',
            bold + sized("24", "26" if rtl else "24"),
        )
        + paragraph(
            "Heading2",
            "heading 2",
            '<w:keepNext/><w:keepLines/><w:spacing w:before="120" w:after="60"/><w:outlineLvl w:val="1"/>',
            bold,
        )
        + paragraph("ListItem", "Letter List", '<w:spacing w:after="60"/><w:ind w:start="284"/>')
        + paragraph("Block", "Letter Block", '<w:keepNext/><w:keepLines/><w:spacing w:after="20"/>')
        # The first line of a block: some space parts letterhead, reference, addressee and signature from each other.
        + paragraph("BlockHead", "Letter Block Head", '<w:spacing w:before="200" w:after="20"/>', based="Block")
        + paragraph(
            "Marking",
            "Letter Marking",
            '<w:keepNext/><w:pBdr><w:top w:val="single" w:sz="6" w:space="2" w:color="auto"/>'
            '<w:left w:val="single" w:sz="6" w:space="4" w:color="auto"/>'
            '<w:bottom w:val="single" w:sz="6" w:space="2" w:color="auto"/>'
            '<w:right w:val="single" w:sz="6" w:space="4" w:color="auto"/></w:pBdr>'
            '<w:spacing w:before="60" w:after="60"/><w:ind w:start="100" w:end="100"/>',
            bold,
        )
        + paragraph("Note", "Letter Note", '<w:spacing w:after="40"/>', sized(small, cs_small))
        + paragraph("Tag", "Template Tag", "", f'<w:color w:val="7F7F7F"/>{sized("16", "16")}')
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        f'<w:style w:type="character" w:styleId="Label"><w:name w:val="Letter Label"/><w:rPr>{bold}</w:rPr></w:style>'
        "</w:styles>"
    )


def theme() -> str:
    """Return the smallest theme that Word accepts; the letters name their fonts and colours themselves."""
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F1F1F", "lt2": "EEEEEE", "accent1": "1F3864", "accent2": "7F7F7F",
        "accent3": "A6A6A6", "accent4": "595959", "accent5": "404040", "accent6": "262626", "hlink": "0563C1",
        "folHlink": "954F72",
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    font = '<a:latin typeface="Times New Roman"/><a:ea typeface=""/><a:cs typeface="Times New Roman"/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="{a}" name="casc-mla"><a:themeElements>'
        f'<a:clrScheme name="casc-mla">{scheme}</a:clrScheme>'
        f'<a:fontScheme name="casc-mla"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="casc-mla"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
