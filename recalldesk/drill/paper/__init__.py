"""The readiness report as a file: JSON for programs, PDF for managers."""
