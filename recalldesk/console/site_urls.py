"""The addresses of collection sites at the desk, each with its permission."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import desk_path
from recalldesk.console.views import site_files, sites

SEE, MANAGE = Permission.SEE_RECALLS, Permission.MANAGE_SITES
SITE_ADDRESSES = [
    desk_path("sites/", sites.sites, name="sites", permission=SEE),
    desk_path("sites/new/", sites.site_new, name="site_new", permission=MANAGE),
    desk_path("sites/files/", site_files.site_files, name="site_files", permission=MANAGE),
    desk_path(
        "sites/files/<int:number>/rejects/",
        site_files.site_rejects,
        name="site_rejects",
        permission=MANAGE,
    ),
    desk_path("sites/<int:number>/", sites.site, name="site", permission=SEE),
    desk_path("sites/<int:number>/act/", sites.site_act, name="site_act", permission=MANAGE),
    desk_path(
        "sites/<int:number>/change/", sites.site_change, name="site_change", permission=MANAGE
    ),
]
