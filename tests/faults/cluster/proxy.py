"""HAProxy with the configuration of ``deploy/``, and the certificate that it shows."""

import socket
import subprocess
from pathlib import Path

from tests.faults.cluster.deployed import Site
from tests.faults.cluster.processes import Processes


def make_certificate(site: Site) -> Path:
    """Put a key and a certificate of its own where HAProxy looks for them.

    The file that is given back holds the certificate alone, to be trusted by callers.
    """
    key, certificate = site.folder / "key.pem", site.folder / "certificate.pem"
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    made += ["-nodes", "-days", "2", "-subj", "/CN=Test", "-addext", f"subjectAltName=IP:{site.proxy}"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    both = Path(site.environment("haproxy.env")["CERTIFICATE"])
    both.parent.mkdir()
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    return certificate


def start_proxy(site: Site, processes: Processes) -> None:
    """Start HAProxy on the site's address for it."""
    configuration = site.folder / "haproxy.cfg"
    configuration.write_text(site.text("haproxy.cfg"), "utf-8")
    processes.start("haproxy", ["haproxy", "-db", "-f", configuration], proxy_environment(site))


def proxy_environment(site: Site) -> dict[str, str]:
    """Its settings; on this machine the way to the primary is on the site's address as well."""
    return site.environment("haproxy.env") | {
        "PRIMARY": f"{site.proxy}:5000",
        "HAPROXY_SOCKET": str(site.folder / "haproxy.sock"),
    }


def told(site: Site, server: str) -> str:
    """What HAProxy says of a process of the service, on the socket for operators."""
    with socket.socket(socket.AF_UNIX) as operator:
        operator.connect(str(site.folder / "haproxy.sock"))
        operator.sendall(b"show stat\n")
        said = operator.makefile(encoding="utf-8").read()
    return next(line for line in said.splitlines() if line.startswith(f"services,{server},"))
