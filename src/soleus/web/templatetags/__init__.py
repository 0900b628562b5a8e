"""Tags that every template may use without loading them."""
