# {name: function of one value} that questions may call. Here, so that whoever adds one does not load SQLite.
functions = {}
