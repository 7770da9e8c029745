"""Files of incident reports: exports of SaferProducts.gov, and the firm's own register."""
