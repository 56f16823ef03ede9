"""From files to coded articles: one after the other or by several processes, in order, whatever happens."""
