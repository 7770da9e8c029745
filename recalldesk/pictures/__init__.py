"""The pictures of products that recall files name: drawn anew, kept, and bound to versions."""
