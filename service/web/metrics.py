"""The figures for Prometheus, for whoever shows the token that the operator chose."""

import hmac
from hashlib import sha256

from flask import Blueprint, Response
from prometheus_client import generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.exceptions import NotFound

from service.web.auth import UnauthenticatedError, bearer_secret, is_open
from service.web.current import house
from service.web.figures import figures

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
@is_open
def get_metrics() -> Response:
    """Every figure. Where no token is set, there is nothing at this address."""
    token = house().settings.metrics_token
    if token is None:
        raise NotFound
    if not hmac.compare_digest(_digest(bearer_secret()), _digest(token)):
        raise UnauthenticatedError
    return Response(generate_latest(figures().registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()
