"""What the database itself refuses, for any room whose rows must outlive every mistake."""
