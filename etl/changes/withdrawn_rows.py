"""What a load or an undo took out of force with nothing in its place: a person should look."""

from etl.intake.receipts import accepted_shrinks, in_force
from warehouse.files.home import Home
from warehouse.queries import run_file, run_pair
from warehouse.versions.versions import current_number, serve_path


def withdrawn_by(home: Home, load_id: str) -> int:
    """Rows that stood before this load and that its submissions withdraw; not where confirmed."""
    number = current_number(home)
    standing = in_force(home)
    mine = [seq for seq, r in standing.active.items() if r.load_id == load_id]
    seqs = [seq for seq in mine if seq not in standing.held and seq not in accepted_shrinks(home)]
    if number is None or not seqs:
        return 0
    served = serve_path(home, number)
    found = run_file("withdrawn_rows", served, first_seq=min(mine), seqs=seqs)
    return int(found["row_count"].iloc[0])


def gone_since(home: Home, before: int | None) -> int:
    """Rows in force in an earlier build that no row in force today stands for."""
    number = current_number(home)
    if before is None or number is None or before == number:
        return 0
    found = run_pair("gone_rows", serve_path(home, before), serve_path(home, number))
    return int(found["row_count"].iloc[0])
