"""How many photos the sandbox read, and in how many seconds of the machine's time."""

from django.db.models import Max, Min

from recalldesk.evidence.models import Photo


def measure_photos() -> tuple[int, float]:
    """Photos that were looked through and read, from the first that came to the last that was
    done."""
    read = Photo.objects.filter(read_at__isnull=False)
    found = read.aggregate(first=Min("received_at"), last=Max("read_at"))
    if found["first"] is None or found["last"] is None:
        return 0, 0.0
    return read.count(), max((found["last"] - found["first"]).total_seconds(), 0.001)
