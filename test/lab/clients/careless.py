"""A client made with certbot's own library that does what no finished client does. Its arguments: what, directory URL, webroot."""

import sys
from pathlib import Path

import josepy as jose
from acme import challenges, client, crypto_util, messages
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

WHAT, DIRECTORY, WEBROOT = sys.argv[1:4]


def register():
    key = jose.JWKRSA(key=rsa.generate_private_key(65537, 2048))
    net = client.ClientNetwork(key, user_agent="careless/1.0")
    acme = client.ClientV2(client.ClientV2.get_directory(DIRECTORY, net), net)
    acme.new_account(messages.NewRegistration.from_data(email="admin@example.test", terms_of_service_agreed=True))
    return acme


def csr(*names):
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return crypto_util.make_csr(pem, names)


def prove(acme, order):
    for authorization in order.authorizations:
        http = next(one for one in authorization.body.challenges if isinstance(one.chall, challenges.HTTP01))
        answer, content = http.chall.response_and_validation(acme.net.key)
        Path(WEBROOT + http.chall.path).write_text(content)
        acme.answer_challenge(http, answer)
    return acme.poll_and_finalize(order)


def finalizes_early(acme):
    acme.finalize_order(acme.new_order(csr("early.example.test")), None)


def finalizes_for_other_names(acme):
    order = acme.new_order(csr("ordered.example.test"))
    prove(acme, order.update(csr_pem=csr("ordered.example.test", "another.example.test")))


def lists_its_orders(acme):
    prove(acme, acme.new_order(csr("listed.example.test")))
    order = acme.new_order(csr("given-up.example.test"))
    account = acme.net.post(acme.net.account.uri, None).json()
    acme.net.post(account["orders"], None)
    acme.deactivate_authorization(order.authorizations[0])


def asks_by_get(acme):
    acme.net.get(acme.new_order(csr("get.example.test")).uri)


def takes_its_account_elsewhere(acme):
    other = DIRECTORY.replace("//ca.", "//other-ca.")
    client.ClientV2(client.ClientV2.get_directory(other, acme.net), acme.net).new_order(csr("moved.example.test"))


globals()[WHAT](register())
