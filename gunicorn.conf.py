"""How gunicorn listens; what the command line of the Procfile does not say. Strict, so that no proxy and we ever differ
about where a request ends.
"""

from __future__ import annotations

# Longest legitimate address: /live with sixty panels, about 3 000 bytes.
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190

# A header written X_Forwarded_For would reach us as X-Forwarded-For: it is dropped, and no proxy may pass one on.
header_map = "drop"
forwarder_headers = ""
# Who may say that a request came over TLS: a proxy on this machine. ProxyFix believes as many proxies as PROXIES says.
forwarded_allow_ips = "127.0.0.1,::1"
proxy_protocol = "off"

# Two readings of one request are how requests are smuggled: everything old or odd is refused.
permit_obsolete_folding = False
permit_unconventional_http_method = False
permit_unconventional_http_version = False
strip_header_spaces = False
casefold_http_method = False
http_protocols = "h1"

# Sent with every answer; the version is nobody's business.
proc_name = "mojokerto"
