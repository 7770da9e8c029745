"""The folder of pages that a plain web server shows while everything else is stopped."""
