"""Makes small.safetensors from the format's description alone: python3 small.py > small.safetensors

Standard library only, so that it shares nothing with the Java code that it checks.
"""

import json
import struct
import sys

# (name, dtype, shape, little-endian data), already in the writers' order: descending element size, then name.
tensors = [
    ("count", "I64", [], struct.pack("<q", -2)),
    ("double", "F64", [2], struct.pack("<2d", 0.1, -1e300)),
    ("encoder.cell.b", "F32", [3], struct.pack("<3f", 0.0, -0.0, float("inf"))),
    ("encoder.cell.wx", "F32", [2, 3], struct.pack("<6f", 1, 2, 3, 4.5, -5.25, 1e-45)),
    ("ids", "I32", [1, 2], struct.pack("<2i", -1, 2147483647)),
    ("\u885d\U0001F40E", "I32", [0, 4], b""),
    ("bfloat", "BF16", [2], struct.pack("<2H", 0x3FC0, 0xFF80)),
    ("half", "F16", [2], struct.pack("<2e", 0.333251953125, -65504)),
    ("flag", "BOOL", [2], bytes([0, 1])),
]
header = {"__metadata__": {"format": "1", 'quote"': "line\nend \U0001F40E"}}
data = b""
for name, dtype, shape, raw in tensors:
    header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(raw)]}
    data += raw
text = json.dumps(header, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
text += b" " * (-len(text) % 8)
sys.stdout.buffer.write(struct.pack("<Q", len(text)) + text + data)
