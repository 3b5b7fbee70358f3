"""Bar charts as SVG, readable on a light and a dark page."""

from xml.sax.saxutils import escape

_WIDTH, _LABEL, _BAR, _STEP, _TOP = 760, 260, 420, 26, 44
_STYLE = """\
<style>
  text { font: 13px sans-serif; fill: #1f2328; }
  .title { font-weight: bold; }
  rect { fill: #8c959f; }
  .ours { fill: #1a7f37; }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }
</style>
"""


def bars(title: str, values: dict[str, float]) -> str:
    """Return a chart of one horizontal bar a value; ours are the baked project's."""
    height = _TOP + _STEP * len(values) + 10
    longest = max(values.values())
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" role="img">\n',
        f"<title>{escape(title)}</title>\n",
        _STYLE,
        f'<text class="title" x="10" y="24">{escape(title)}</text>\n',
    ]
    for place, (label, value) in enumerate(values.items()):
        y = _TOP + _STEP * place
        width = max(1, round(_BAR * value / longest))
        kind = ' class="ours"' if label.startswith("the baked project") else ""
        lines += [
            f'<text x="{_LABEL - 8}" y="{y + 14}" text-anchor="end">'
            f"{escape(label)}</text>\n",
            f'<rect{kind} x="{_LABEL}" y="{y}" width="{width}" height="18"/>\n',
            f'<text x="{_LABEL + width + 6}" y="{y + 14}">{value:.2f}</text>\n',
        ]
    return "".join([*lines, "</svg>\n"])
