"""The credit that is written into every public copy, and nothing else."""

import struct
from dataclasses import dataclass

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}


@dataclass(frozen=True, slots=True)
class Credit:
    """The words written into a public copy. Addresses are absolute; empty fields are left out.

    `licence_url` and `web_statement` are the pair Google shows as "Licensable": the licence, and the page
    where the picture is shown and its maker can be asked.
    """

    title: str = ""
    creator: str = ""
    credit_line: str = ""
    copyright_notice: str = ""
    licence_url: str = ""
    usage_terms: str = ""
    web_statement: str = ""
    source: str = ""
    alt_text: str = ""


def xmp_packet(credit: Credit) -> bytes:
    """The credit as an XMP packet, UTF-8, empty fields left out; no credit at all gives no bytes."""
    fields = [
        _language("dc:title", credit.title),
        _list("dc:creator", credit.creator),
        _language("dc:rights", credit.copyright_notice),
        _plain("photoshop:Credit", credit.credit_line),
        _plain("photoshop:Source", credit.source),
        _plain("xmpRights:Marked", "True" if credit.copyright_notice else ""),
        _plain("xmpRights:WebStatement", credit.licence_url),
        _language("xmpRights:UsageTerms", credit.usage_terms),
        _licensor(credit.web_statement),
        _language("Iptc4xmpCore:AltTextAccessibility", credit.alt_text),
    ]
    if not any(fields):
        return b""
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items() if prefix != "rdf")
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{NAMESPACES["rdf"]}">'
        f'<rdf:Description rdf:about="" {names}>{"".join(fields)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    ).encode()


def _written(words: str) -> str:
    # XML 1.0 has no way at all to write control characters, so they cannot be escaped, only dropped.
    kept = "".join(letter for letter in words if letter in "\t\n" or _in_xml(letter))
    # By hand: the standard library's escape drags the whole of urllib into the bounded process.
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_xml(letter: str) -> bool:
    return letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff\x7f"


def _plain(name: str, words: str) -> str:
    return f"<{name}>{_written(words)}</{name}>" if words else ""


def _language(name: str, words: str) -> str:
    if not words:
        return ""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_written(words)}</rdf:li></rdf:Alt></{name}>'


def _list(name: str, words: str) -> str:
    return f"<{name}><rdf:Seq><rdf:li>{_written(words)}</rdf:li></rdf:Seq></{name}>" if words else ""


def _licensor(page: str) -> str:
    if not page:
        return ""
    return (
        '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">'
        f"{_plain('plus:LicensorURL', page)}</rdf:li></rdf:Seq></plus:Licensor>"
    )


def iptc_segment(credit: Credit) -> bytes:
    """By-line, credit, source and copyright notice as a JPEG APP13 segment, for readers older than XMP."""
    fields = {80: credit.creator, 110: credit.credit_line, 115: credit.source, 116: credit.copyright_notice}
    sets = [(dataset, words.encode()[:2000]) for dataset, words in fields.items() if words]
    if not sets:
        return b""
    block = b"\x1c\x01\x5a\x00\x03\x1b%G"  # "what follows is UTF-8"
    for dataset, words in sets:
        block += struct.pack(">BBBH", 0x1C, 2, dataset, len(words)) + words
    block += b"\0" * (len(block) % 2)
    segment = b"Photoshop 3.0\0" + struct.pack(">4sHHI", b"8BIM", 0x0404, 0, len(block)) + block
    return struct.pack(">HH", 0xFFED, len(segment) + 2) + segment
