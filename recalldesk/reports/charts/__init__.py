"""Pictures of tables, drawn on the server: a description, drawn apart, cleaned, shown in a page."""
