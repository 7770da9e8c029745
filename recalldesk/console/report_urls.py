"""The addresses of reports to authorities. An authority opens those of its recalls, too."""

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import View, desk_path
from recalldesk.console.views import (
    filed_reports,
    progress_report,
    report_rows,
    report_summaries,
    reports,
)

SEE, FILE = Permission.SEE_REPORTS, Permission.FILE_REPORT
OF_RECALL: tuple[tuple[str, View, str, Permission], ...] = (
    ("progress/", progress_report.progress_report, "progress_report", SEE),
    ("progress/as/<str:form>/", progress_report.progress_file, "progress_file", SEE),
    ("progress/rows/<str:name>/", report_rows.progress_rows, "progress_rows", SEE),
    ("progress/file-it/", progress_report.progress_file_it, "progress_file_it", FILE),
    ("summary/<str:form>/", report_summaries.report_summary, "report_summary", SEE),
    ("summary/<str:form>/as/<str:kind>/", report_summaries.summary_file, "summary_file", SEE),
    ("filed/<int:number>/", filed_reports.filed_report, "filed_report", SEE),
    ("filed/<int:number>/as/<str:form>/", filed_reports.filed_file, "filed_file", SEE),
)
REPORT_ADDRESSES = [
    desk_path("reports/", reports.reports, name="reports", permission=SEE),
    *(
        desk_path(f"reports/<slug:slug>/{below}", view, name=name, permission=permission)
        for below, view, name, permission in OF_RECALL
    ),
]
