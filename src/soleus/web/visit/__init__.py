"""The summary for the doctor, and the clinician's view."""
