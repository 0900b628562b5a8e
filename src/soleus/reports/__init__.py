"""One assessment, told in several voices: the JSON that programs rely on and the terminal report."""
