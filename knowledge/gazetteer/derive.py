"""Write the gazetteer's data files from a folder of disclosed data: ``python -m knowledge.gazetteer.derive FOLDER``.

The folder holds ``gazetteer/``, ``responders/`` and ``shelters/`` as published (file names in the code).
Running it again gives the same files byte for byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
POLYGONS, ANSAN, KOREA = HERE / "ansan_dongs.geojson", HERE / "ansan_places.csv", HERE / "korea_places.csv"
HOMONYMS = HERE / "homonyms.csv"


def derive(data: Path, into: Path = HERE) -> dict[str, int]:
    """The number of rows by file written to ``into``."""
    from knowledge.gazetteer.derive_ansan import ansan_places, english_names
    from knowledge.gazetteer.derive_homonyms import homonyms
    from knowledge.gazetteer.derive_korea import korea_places
    from knowledge.gazetteer.derive_polygons import dong_polygons
    from knowledge.gazetteer.table import write_places

    boundaries = data / "gazetteer" / "ansan_admin_dong_2021.geojson"
    geojson = dong_polygons(boundaries, english_names(data))
    (into / POLYGONS.name).write_text(geojson, "utf-8")
    written = {ANSAN.name: ansan_places(data, geojson), KOREA.name: korea_places(data)}
    for name, places in written.items():
        write_places(into / name, places)
    shared = homonyms(data, [place for places in written.values() for place in places])
    lines = "".join(f"{name},{elsewhere}\n" for name, elsewhere in shared.items())
    (into / HOMONYMS.name).write_text("name_ko,elsewhere\n" + lines, "utf-8")
    return {name: len(places) for name, places in written.items()}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not Path(arguments[0], "gazetteer").is_dir():
        print("Name the folder that holds gazetteer/, responders/ and shelters/.", file=sys.stderr)
        return 2
    for name, rows in derive(Path(arguments[0])).items():
        print(f"{name}: {rows} places")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
