"""The signature of the Standard Webhooks, and what is a secret."""

import base64

import pytest

from service.notify.signature import BadSecret, read_secrets, signed_headers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def test_a_body_is_signed_as_the_published_example_is() -> None:
    headers = signed_headers(
        read_secrets(SECRET),
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_while_a_secret_is_replaced_both_sign() -> None:
    other = base64.b64encode(bytes(range(32))).decode()
    secrets = read_secrets(f"{SECRET}\n{other}\n")
    both = signed_headers(secrets, "id", 1, b"{}")["webhook-signature"].split(" ")
    alone = [signed_headers([each], "id", 1, b"{}")["webhook-signature"] for each in secrets]
    assert both == alone
    assert len(set(both)) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("whsec_!!!", "base64"),
        ("whsec_c2hvcnQ=", "has 5 bytes"),
        (base64.b64encode(bytes(65)).decode(), "has 65 bytes"),
        ("pässword", "base64"),
    ],
)
def test_what_is_no_secret_is_refused_without_being_told(text: str, why: str) -> None:
    with pytest.raises(BadSecret, match=why) as error:
        read_secrets(text)
    assert not text.strip() or text not in str(error.value)
