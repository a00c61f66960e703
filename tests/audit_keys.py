"""The keys of the tests: what signs the audit trail, and what an environment needs to start with."""

from service.config import PREFIX
from service.domain.audit.chain import AuditKeys

AUDIT_KEY = "a-key-of-the-audit-trail-in-tests"
AUDIT_KEYS = AuditKeys((AUDIT_KEY,))
SIGNING = {PREFIX + "AUDIT_KEY": AUDIT_KEY}
SECRETS = SIGNING | {PREFIX + "SECRET_KEY": "a secret of the tests " * 2}
