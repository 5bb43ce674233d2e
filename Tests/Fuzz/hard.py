"""What arithmetic, readers and parsers have fallen over before, and plausible words between which they stand."""

#: Numbers that overflow, vanish, are none, or that some readers take for numbers.
HARD_NUMBERS = [
    *"0 -0 -1 1 2 1e160 -1e160 1e308 -1e308 1.7976931348623157e308 1e309 5e-324 1e-320 1e-5 1e9 1e19".split(),
    *"NaN nan inf -inf Infinity NA - . 0x10 0b1 1_000 1,000 １２ ١٢ 0.1e 1e 1.2.3 +5 1e+400 1d5 00012 1/3".split(),
    *"9223372036854775807 -9223372036854775808 9223372036854775808 18446744073709551616".split(),
    *"12345678901234567890 2147483647 2147483648 -2147483648 4294967296 0.30000000000000004".split(),
    "", "0." + "1" * 400, "9" * 400,
]
#: Characters that terminals, XML, LaTeX, spreadsheets and shells take for more than text, and odd ones.
ODD_TEXTS = [
    *"é e\u0301 💥 县 \u202e \ufffe \uffff \ufeff <script>alert(1)</script> ]]> -- &amp; & < \\ $x$ % ` '".split(),
    *'=1+1 +1 @SUM(A1) " "" ; , | ~ # lag(V) V:P code year ../x'.split(),
    "\x1b[2J", "\x07", "\x00", "\x7f", "\x9b", "\u2028", "\t", "\r", '"a\nb"', "a" * 5000,
]
ENCODINGS = "utf-16 utf-16-le utf-16-be utf-32 gb18030 gbk big5 utf-8-sig latin-1 shift_jis".split()
#: How files begin that are no text, or text of another kind.
BEGINNINGS = [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"PK\x03\x04", b"\x1f\x8b"]
#: JSON of every type, some of it refused by strict readers.
JSON_VALUES = [b"null", b"true", b"[]", b"{}", b'""', b"0", b"[null]", b'{"a":1}', b'"\\ud800"', b'"\\u0000"']

FORMATS = ["csv", "md", "tex", "html", "json", "docx", "csv,md,tex,html,docx,json", "svg", "csv,,", "xls", "CSV"]
OUTPUTS = ["out", "o/p/q", "results", "m.svg", "w.csv", "w.gal", "w.gwt", "-", "."]
SCALARS = ["", ","] + "0 1 2 3 5 0.5 0.1,0.05 1:3 2012:2022 :2015 2020: 2022:2012 a all".split()
#: Settings that follow a list of variables.
SETTINGS = ["", "", "", "", ";window=3", ",2:4", ";collapse", ";as=z", ";in-place", ";within=year", "=1", ">=0"]
NAMES = ["V", "P", "x", "all", "code", "year", "lag(V)", "P:C", "(Intercept)", "rho", "none", "lon", "lat"]
ODD_WORDS = ["", " ", *"- -- -h --help --version help -1 --out --json --lang -o = --= --out= none /dev/stdin".split()]
#: Terms of formulas over the columns a and b and a number n; the later ones are no terms.
TERMS = [
    "lag({a})", "lag({a}, 2)", "lag({a}, 0:2)", "lag({a}, {n})", "lag({a}, 1:{n})", "diff({a})", "log({a})",
    "center({a})", "scale({a})", "factor({a})", "I({a}/{b})", "I({a}^2)", "I({a}+{b}*{n})", "I(log({a}))",
    "{a}:{b}", "{a}*{b}", "{a}^2", "{a}^{n}", "- {a}", "({a} + {b})", "({a} + {b})^2", "`{a}`", "1", "0",
    "lag(log({a}))", "log(lag({a}))", "{a}*{b}*{a}", "{a}:{a}", "lag(lag({a}))", "factor(lag({a}))", "W*{a}",
    "I(1e308*{a})", "lag({a}, -1)", "I(1/0)", "{n}", "I(" + "(" * 300 + "{a}" + ")" * 300 + ")",
    "{a} %in% {b}", "{a}|{b}", "{a} ~ {b}", "lag({a}", "({a}", "{a})", "{a}/{b}",
]
