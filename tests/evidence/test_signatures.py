"""The verifier's own Ed25519, against RFC 8032's vectors and the library that signs checkpoints."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from planner.evidence.verify import ORDER, P, signature_holds

# RFC 8032, 7.1, tests 1 to 3 and the one of SHA(abc): public key, message, signature.
VECTORS = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
        "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
)
SEEDS = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_known_signatures_hold(key, message, signature):

    parts = (bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))
    assert signature_holds(*parts)
    assert not signature_holds(parts[0], parts[1] + b"\0", parts[2])


@given(SEEDS, st.binary(max_size=200), st.integers(0, 63), st.integers(1, 255))
def test_it_agrees_with_the_library(seed, message, at, flip):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    key, signature = private.public_key().public_bytes_raw(), private.sign(message)
    assert signature_holds(key, message, signature)
    assert not signature_holds(key, message + b"!", signature)
    changed = signature[:at] + bytes([signature[at] ^ flip]) + signature[at + 1 :]
    assert not signature_holds(key, message, changed)


@given(SEEDS, SEEDS, st.binary(max_size=50))
def test_another_s_signature_does_not_hold(seed, other, message):
    mine, theirs = (Ed25519PrivateKey.from_private_bytes(one) for one in (seed, other))
    key = mine.public_key().public_bytes_raw()
    assert signature_holds(key, message, theirs.sign(message)) == (seed == other)


def test_a_number_beyond_the_order_and_what_is_no_point_are_refused():
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    key, signature = private.public_key().public_bytes_raw(), private.sign(b"m")
    number = int.from_bytes(signature[32:], "little") + ORDER
    assert not signature_holds(key, b"m", signature[:32] + number.to_bytes(32, "little"))
    assert not signature_holds(b"\xff" * 32, b"m", signature)
    assert not signature_holds(key, b"m", b"\xff" * 32 + signature[32:])
    # The neutral point stands for a key of which anything is signed with nothing; P + 1 is another way to write its 1.
    neutral, nothing = (1).to_bytes(32, "little"), bytes(32)
    assert signature_holds(neutral, b"m", neutral + nothing)
    assert not signature_holds((P + 1).to_bytes(32, "little"), b"m", neutral + nothing)
    assert not signature_holds(key[:31], b"m", signature)
    assert not signature_holds(key, b"m", signature[:63])
