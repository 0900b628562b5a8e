"""What `soleus --help` says."""

from __future__ import annotations

from soleus.cli import main


def test_help(capsys, golden):
    assert main(["--help"]) == 0
    golden("help.txt", capsys.readouterr().out)
