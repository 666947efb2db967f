#!/usr/bin/python3
"""Writes lstm.onnx (D 128, H 256, batch 1, any length) for ONNX Runtime into the folder that is named."""
import sys

import torch
from torch import nn

INPUTS, HIDDEN = 128, 256

torch.manual_seed(1)
lstm = nn.LSTM(INPUTS, HIDDEN).eval()
x, h = torch.randn(7, 1, INPUTS), torch.zeros(1, 1, HIDDEN)
torch.onnx.export(lstm, (x, (h, h.clone())), sys.argv[1] + '/lstm.onnx', input_names=['x', 'h0', 'c0'],
                  output_names=['y', 'hn', 'cn'], dynamic_axes={'x': {0: 'T'}, 'y': {0: 'T'}}, opset_version=14)
