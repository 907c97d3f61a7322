"""Writes the default model as an ordinary sentence-transformers folder, from the 4-bit weight file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from casekit.embed.q4 import Q4File, read_q4
from casekit.embed.unigram import save_tokenizer
from casekit.types import Floats2d

__all__ = [
    "FORMAT",
    "PASSAGE_PREFIX",
    "PIECES_FILE",
    "QUERY_PREFIX",
    "RECORD_FILE",
    "SCORES_FILE",
    "WEIGHTS_FILE",
    "FolderRecord",
    "convert_weights",
    "file_sha256",
    "read_record",
]

QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "  # what the model was trained with
FORMAT = 1  # raise it when the files below change: another folder is then made
RECORD_FILE = "casekit.json"
PIECES_FILE, SCORES_FILE = "casekit-pieces.txt", "casekit-scores.npy"  # the vocabulary, for the quick tokenizer
WEIGHTS_FILE = "model.safetensors"

_LAYER_NAMES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


@dataclass(frozen=True, slots=True)
class FolderRecord:
    """What a converted folder says of itself: where it came from, and the size and SHA-256 of each file."""

    format: int
    source_sha256: str
    dim: int
    sizes: dict[str, int]
    hashes: dict[str, str]


def convert_weights(source: Path, folder: Path) -> FolderRecord:
    """Fill the empty `folder` from the 4-bit file `source` (about 490 MB; the record is written last).

    Raises:
        ModelError: If `source` is not the weight file.
        OSError: If the folder cannot be written.
    """
    model = read_q4(source)
    tensors = _tensors(model)
    from safetensors.numpy import save_file

    save_file(tensors, str(folder / WEIGHTS_FILE), metadata={"format": "pt"})
    del tensors
    save_tokenizer(
        folder / "tokenizer.json",
        model.pieces,
        model.scores,
        bos=model.bos,
        eos=model.eos,
        unknown=model.unk,
        limit=model.shape.positions,
    )
    (folder / PIECES_FILE).write_bytes("\n".join(model.pieces).encode("utf-8"))
    np.save(folder / SCORES_FILE, model.scores, allow_pickle=False)
    _write_configs(model, folder)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    record = FolderRecord(
        format=FORMAT,
        source_sha256=file_sha256(source),
        dim=model.shape.hidden,
        sizes={path.relative_to(folder).as_posix(): path.stat().st_size for path in files},
        hashes={path.relative_to(folder).as_posix(): file_sha256(path) for path in files},
    )
    _write_json(folder / RECORD_FILE, asdict(record))
    return record


def read_record(folder: Path) -> FolderRecord | None:
    """The record of a converted folder, or None where it is absent, of another format, or a file's size is wrong."""
    try:
        raw = json.loads((folder / RECORD_FILE).read_text(encoding="utf-8"))
        record = FolderRecord(**raw)
        whole = all((folder / name).stat().st_size == size for name, size in record.sizes.items())
    except (OSError, ValueError, TypeError):
        return None
    return record if whole and record.format == FORMAT else None


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tensors(model: Q4File) -> dict[str, Floats2d]:
    hidden, feed_forward = model.shape.hidden, model.shape.feed_forward
    tensors = {
        "embeddings.word_embeddings.weight": model.matrix("emb.word", hidden),
        "embeddings.position_embeddings.weight": model.matrix("emb.pos", hidden),
        "embeddings.token_type_embeddings.weight": model.matrix("emb.type", hidden),
        "embeddings.LayerNorm.weight": model.vector("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.vector("emb.ln.b"),
        # Sentence vectors are means of tokens; the pooler that the architecture demands stays empty.
        "pooler.dense.weight": np.zeros((hidden, hidden), dtype=np.float32),
        "pooler.dense.bias": np.zeros(hidden, dtype=np.float32),
    }
    for layer in range(model.shape.layers):
        for theirs, ours in _LAYER_NAMES.items():
            columns = feed_forward if ours == "fo" else hidden
            name = f"encoder.layer.{layer}.{theirs}"
            weight = f"l{layer}.{ours}.w"
            is_norm = ours.endswith("ln")
            tensors[f"{name}.weight"] = model.vector(weight) if is_norm else model.matrix(weight, columns)
            tensors[f"{name}.bias"] = model.vector(f"l{layer}.{ours}.b")
    return tensors


def _write_configs(model: Q4File, folder: Path) -> None:
    shape = model.shape
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "attention_probs_dropout_prob": 0.1,
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_dropout_prob": 0.1,
            "hidden_size": shape.hidden,
            "intermediate_size": shape.feed_forward,
            "layer_norm_eps": float(f"{shape.epsilon:.6g}"),
            "max_position_embeddings": shape.positions,
            "model_type": "bert",
            "num_attention_heads": shape.heads,
            "num_hidden_layers": shape.layers,
            "pad_token_id": model.pad,
            "type_vocab_size": shape.types,
            "vocab_size": shape.vocabulary,
        },
    )
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "padding_side": "right",
            "bos_token": model.pieces[model.bos],
            "cls_token": model.pieces[model.bos],
            "eos_token": model.pieces[model.eos],
            "sep_token": model.pieces[model.eos],
            "pad_token": model.pieces[model.pad],
            "unk_token": model.pieces[model.unk],
            "model_input_names": ["input_ids", "attention_mask"],
        },
    )
    _write_json(
        folder / "modules.json",
        [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": QUERY_PREFIX, "document": PASSAGE_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    (folder / "1_Pooling").mkdir()
    _write_json(
        folder / "1_Pooling" / "config.json",
        {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    )
    (folder / "2_Normalize").mkdir()


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
