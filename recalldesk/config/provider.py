"""The firm's own OpenID provider, as django-allauth is told of it."""

from typing import Any

from recalldesk.config.environment import Environment


def firms_provider(environment: Environment) -> list[dict[str, Any]]:
    """One provider, or none where nothing, or not all, is set (the system checks say so)."""
    parts = (environment.oidc_issuer, environment.oidc_client_id, environment.oidc_client_secret)
    if not all(parts):
        return []
    return [
        {
            "provider_id": "firm",
            "name": environment.oidc_name,
            "client_id": environment.oidc_client_id,
            "secret": environment.oidc_client_secret,
            "settings": {"server_url": environment.oidc_issuer.rstrip("/")},
        }
    ]
