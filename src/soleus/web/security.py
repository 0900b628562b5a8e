"""Headers that keep a page to itself: no foreign script, frame, font or request, and no copy of health data in a cache."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # data: for the QR code of the second factor, which must not have an address of its own
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
DENIED = "accelerometer autoplay camera display-capture geolocation gyroscope hid magnetometer microphone midi payment serial usb"
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Addresses hold codes of cases, and no other server is told one. Not "no-referrer": browsers then send "Origin: null" with every
    # form, and nobody could tell our own forms from a forged one.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityHeaders:
    """Sets them on every answer. A page that holds nothing personal may set its own `Cache-Control`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        response.setdefault("Cache-Control", "no-store")
        return response
