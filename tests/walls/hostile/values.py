"""Things that people type, paste, upload or forge, and that break programs. All are made here; none is anybody's."""

import io
import zipfile
from functools import cache
from random import Random

MARK = "<script>attack(1)</script>"

TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ufeff",
    "\u200b\u200d\u2060",
    "\u202eevil\u202c",
    "\u2066\u2067\u2068\u2069",
    "\ud83d\ude00",
    "e" + "\u0301" * 500,
    "ﷺ" * 200,
    "İıſK",
    "\u0627\u0644\u0633\u0644\u0627\u0645",
    "١٢٣",
    "½",
    "²",
    "1e999",
    "-1",
    "-0",
    "0",
    "00",
    "NaN",
    "Infinity",
    "-Infinity",
    "99999999999999999999999999",
    "1" * 5000,
    "0x10",
    "1_000",
    "1,5",
    "1.5",
    "+1",
    "\n",
    "\r\n",
    "\r\nSet-Cookie: evil=1",
    "a\r\nLocation: https://evil.example/",
    "%0d%0aX: y",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:attack(1)",
    "\\\\evil.example\\share",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "/etc/passwd\x00.csv",
    "C:\\nul",
    "CON",
    "|id",
    "`id`",
    "$(id)",
    "; id",
    "' or '1'='1",
    '" --',
    "1; drop table listening_round;--",
    "%s%s%n",
    "{0.__class__}",
    "{{ 7*7 }}",
    "{% debug %}",
    "${7*7}",
    "<!--",
    MARK,
    f'"{MARK}',
    "'\"><img src=x onerror=attack(1)>",
    "]]>",
    "&#x3c;",
    "&amp;lt;",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("https://evil.example")',
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "-0001-01-01",
    "2026-11-23T25:61:61Z",
    "null",
    "true",
    "[]",
    "{}",
    "undefined",
    "None",
    "on",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "not-a-uuid",
    "en",
    "xx",
    "tlh",
    "coordinator",
    "server_admin",
    "x" * 10_000,
    "שלום " * 300,
    "\u2028\u2029",
    "\x1b[31m",
    "\x7f",
    "\x85",
    "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"),
)
"""Text as a form could bring it."""

BROKEN_BYTES: tuple[bytes, ...] = (
    b"\xff\xfe",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"a=%ff%fe&b=%",
    b"%",
    b"&&&===",
    b"a=1;b=2",
    b"\x00" * 64,
    b"\x1f\x8b\x08",
)
"""Bodies and queries that are no UTF-8, or no form at all."""

HEADERS: tuple[dict[str, str], ...] = (
    {"Accept-Language": "en;q=nan,es;q=2,*;q=-1" + ",x" * 400},
    {"Accept-Language": "\u202e"},
    {"Accept-Encoding": "br;q=0, zstd, \x01"},
    {"Host": "evil.example"},
    {"Host": "localhost:99999"},
    {"Host": ""},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https, http"},
    {"X-Forwarded-For": "::1" * 200},
    {"Referer": "https://evil.example/\r\n"},
    {"Origin": "null"},
    {"Range": "bytes=0-0,-1"},
    {"If-Modified-Since": "yesterday"},
    {"Cookie": "s=" + "x" * 4000},
    {"Cookie": 's="; s=..; sessionid=1'},
    {"Content-Length": "-1"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Content-Type": "text/html; charset=utf-7"},
    {"User-Agent": MARK},
)

CONTENT_TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/json",
    "text/plain",
    "text/xml",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "",
    "a/b/c",
)


@cache
def deep_json(depth: int = 100_000) -> bytes:
    """A JSON body that is nothing but depth."""
    return b"[" * depth + b"]" * depth


@cache
def zip_bomb() -> bytes:
    """A small file that says it holds a workbook, and unpacks to 300 MB."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bomb,
        bomb.open("xl/sheet.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(300):
            sheet.write(bytes(1_000_000))
    return packed.getvalue()


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """(file name, content) of uploads."""
    return (
        ("answers.csv", b""),
        ("answers.csv", b"\xff\xfe\x00a\x00"),
        ("answers.csv", b"voice,unit\n" + b"," * 100_000),
        ("answers.csv", b'"' * 9999),
        ("answers.csv", b"G1,G1,G1\n1,1,1\n"),
        ("answers.csv", b"G1\n" + b"=1+1\n" * 50),
        ("answers.csv", b"x" * 1_500_000),
        ("bomb.xlsx", zip_bomb()),
        ("bomb.csv", zip_bomb()),
        ("../../etc/passwd", b"G1\n1\n"),
        ("a\r\nb.csv", b"G1\n1\n"),
        ("\u202evsc.exe", b"MZ" + bytes(200)),
        ("page.html", MARK.encode()),
        ("answers.csv", b"G1\r1\r\n\n\n1"),
        ("x" * 3000 + ".csv", b"G1\n1\n"),
        ("answers.csv", "\ufeffG1\n١\n".encode()),
        ("answers.csv", b"G1\n" + b"1\n" * 20_000),
    )


def mangled(random: Random, text: str) -> str:
    """`text` with a piece changed, doubled or cut out: near to what is right is where checks are weakest."""
    if not text:
        return random.choice(TEXTS)
    at = random.randrange(len(text))
    return random.choice(
        (
            text[:at],
            text[at:] * 2,
            text[:at] + random.choice(TEXTS)[:50] + text[at:],
            text.swapcase(),
            text + " " + text,
        )
    )
