"""The body map: both legs from all sides, drawn as SVG; what somebody marks on it, as findings; a lesion, as a picture."""
