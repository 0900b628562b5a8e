"""Every address begins here; each app keeps its own."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from soleus.web.api import api
from soleus.web.library import views as library
from soleus.web.pages import views as pages

urlpatterns = [
    path("", library.front, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("theme/", pages.theme, name="theme"),
    path("account/", include("soleus.web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("cases/", include("soleus.web.cases.urls")),
    path("assess/", include("soleus.web.assess.urls")),
    path("plan/", include("soleus.web.plans.urls")),
    path("track/", include("soleus.web.tracking.urls")),
    path("library/", include("soleus.web.library.urls")),
    path("discuss/", include("soleus.web.discussion.urls")),
    path("visit/", include("soleus.web.visit.urls")),
    path("api/v1/", api.urls),
]
if settings.DEBUG:
    urlpatterns.append(path("style/", pages.style, name="style"))

handler400 = pages.bad_request
handler403 = pages.permission_denied
handler404 = pages.page_not_found
handler500 = pages.server_error
