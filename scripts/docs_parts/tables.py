"""Every generated part by the name in its marker."""

from docs_parts import (
    api,
    commands,
    corrections,
    deploying,
    figures,
    incidents,
    matching,
    notice_rules,
    privacy,
    recall_file,
    reports,
    settings,
)
from docs_parts.blocks import Tables

TABLES: Tables = {
    "settings": settings.settings_table,
    "system-checks": settings.checks_table,
    "commands": commands.all_commands,
    "recall-file": recall_file.all_tables,
    "notice-rules": notice_rules.rules_table,
    "notice-countries": notice_rules.countries_line,
    "operations": api.operations_table,
    "shapes": api.shapes,
    "problems": api.problems_table,
    "register": privacy.register_tables,
    "roles": settings.roles_table,
    "figures": figures.figures_table,
    "corrections": corrections.corrections_table,
    "correction-reasons": corrections.correction_reasons,
    "incident-figures": incidents.incident_figures,
    "report-headings": incidents.report_headings,
    "report-words": incidents.report_words,
    "report-reasons": incidents.report_reasons,
    "progress-figures": reports.progress_figures,
    "match-reasons": matching.match_reasons,
    "nginx": deploying.nginx,
    "caddy": deploying.caddy,
    "metrics": deploying.metrics_table,
    "alerts": deploying.alerts_table,
}
