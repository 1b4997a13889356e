"""Some days of a file with all their rows, to see how its rows go together without another pass."""

MOST_ROWS = 10_000


class Sample:
    """All rows of some days, spread over the file: all of them if the file is small."""

    def __init__(self, table, dates, name):
        self._positions = [table.by_field[field].position for field in dates]
        self._name = name               # the column that divides a day too long to be kept
        self._ordinals = {}
        self._only = ()                 # the one day that is kept, where it is divided
        self._step = 1                  # one in so many days is kept
        self.is_all = True              # whether this is the whole file
        self.rows = []                  # (line, cells, key)

    def add(self, batch):
        """Keep what belongs to the sample."""
        keys = self._keys(batch)
        ordinals = self._ordinals
        for key in dict.fromkeys(keys):
            ordinals.setdefault(key, len(ordinals))
        wanted = {key for key in set(keys) if self._is_wanted(key)}
        if not wanted:
            return
        self.rows += [row for row in zip(batch.lines, batch.rows, keys) if row[2] in wanted]
        while len(self.rows) > MOST_ROWS:
            self._thin()

    def _keys(self, batch):
        columns = [batch.columns[position] for position in self._positions]
        return list(zip(*columns)) if columns else [()] * len(batch.rows)

    def _is_wanted(self, key):
        return self._ordinals[key] % self._step == 0 and key[:len(self._only)] == self._only

    def _thin(self):
        self.is_all = False
        if len({key for _, _, key in self.rows}) == 1:
            if self._name is None or self._name in self._positions:
                # a single name on a single day: its beginning has to do
                del self.rows[MOST_ROWS // 2:]
                return
            self._only = self.rows[0][2]
            self._positions.append(self._name)
            self.rows = [(line, cells, key + (cells[self._name],)) for line, cells, key in self.rows]
            self._ordinals = {key: i for i, key in enumerate(dict.fromkeys(key for _, _, key in self.rows))}
            self._step = 1
        self._step *= 2
        self.rows = [row for row in self.rows if self._is_wanted(row[2])]
