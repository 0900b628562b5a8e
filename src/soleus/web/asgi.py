"""The application that a server runs: `soleus serve`, or any ASGI server with `soleus.web.asgi:application`."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from soleus.web.data_folder import prepare_data_folder
from soleus.web.knowledge import warm
from soleus.web.library.shelf import warm as warm_library

prepare_data_folder()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soleus.web.settings")
application = get_asgi_application()
warm()
warm_library()
