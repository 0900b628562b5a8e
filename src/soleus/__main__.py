"""`python -m soleus` is the command `soleus`."""

import sys

from soleus.cli import main

if __name__ == "__main__":
    sys.exit(main())
