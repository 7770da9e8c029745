"""What a firm does in public: its home page, posts, auction sites, hits on a recall's pages."""
