"""Some days of a file with all their rows, to see how its rows go together without another pass."""

MOST_ROWS = 5_000


class Sample:
    """All rows of some days, spread over the file: all of them if the file is small."""

    def __init__(self, table, dates, name):
        self._position = next((table.by_field[field].position for field in dates), None)
        self._name = name               # the column that divides a day too long to be kept
        self._only = None               # the one day that is kept, where it is divided
        self._ordinals = {}
        self._step = 1                  # one in so many days is kept
        self.is_all = True              # whether this is the whole file
        self._kept = []                 # (line, cells, key)

    @property
    def rows(self):
        """(line, cells) of each row."""
        return [(line, cells.split("\0")) for line, cells, _ in self._kept]

    def add(self, batch):
        """Keep what belongs to the sample."""
        keys = self._keys(batch)
        ordinals = self._ordinals
        for key in keys if len(keys) < 10 else dict.fromkeys(keys):
            if key not in ordinals:
                ordinals[key] = len(ordinals)
        wanted = {key for key in set(keys) if self._is_wanted(key)}
        if wanted:
            # one text for all cells: no file has a NUL, and many small objects cost the rest of the pass much
            self._kept += [(batch.lines[i], "\0".join(batch.rows[i]), key) for i, key in enumerate(keys) if key in wanted]
        while len(self._kept) > MOST_ROWS:
            self._thin()

    def _keys(self, batch):
        days = batch.columns[self._position] if self._position is not None else ("",) * len(batch.rows)
        return days if self._only is None else list(zip(days, batch.columns[self._name]))

    def _is_wanted(self, key):
        return self._ordinals[key] % self._step == 0 and (self._only is None or key[0] == self._only)

    def _thin(self):
        self.is_all = False
        if len({key for _, _, key in self._kept}) == 1:
            if self._name is None or self._only is not None:
                # a single name on a single day: its beginning has to do
                del self._kept[MOST_ROWS // 2:]
                return
            self._only = self._kept[0][2]
            self._kept = [(line, cells, (key, cells.split("\0")[self._name])) for line, cells, key in self._kept]
            self._ordinals = {key: i for i, key in enumerate(dict.fromkeys(key for _, _, key in self._kept))}
            self._step = 1
        self._step *= 2
        self._kept = [row for row in self._kept if self._is_wanted(row[2])]
