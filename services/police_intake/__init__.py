"""Reports come in, once each, and are answered for; the only service that knows who anybody is. (interior ministry)"""
