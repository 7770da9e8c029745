"""Order files on their way into the database, and kept files matched anew."""
