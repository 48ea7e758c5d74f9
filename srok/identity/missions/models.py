"""Tables of the missions. No name stands in any of them; what may be called out is sealed, and erased with the day."""

from collections.abc import Iterable
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from srok.identity.missions.terms import DAY_FLOW, FLOW, MOST_PEOPLE, Kind, Lane, Order, TicketAct

STATES = sorted({str(state) for state in FLOW.values()})
ORDERS = sorted({str(order) for order in DAY_FLOW.values()})


def one_of(field: str, words: Iterable[StrEnum]) -> Q:
    """The closed list of a column, for a CHECK."""
    return Q(**{f"{field}__in": [word.value for word in words]})


class Day(models.Model):
    """One day of a post, or of a mission place of it: its plan, in which order it takes people."""

    id = models.UUIDField(primary_key=True)
    office = models.CharField(max_length=40)
    post = models.CharField(max_length=8)
    on = models.DateField()
    timezone = models.CharField(max_length=40)
    # Empty for the post itself; a mission has a place, and the host state in which it lies.
    place_km = models.CharField(max_length=120, blank=True)
    place_en = models.CharField(max_length=120, blank=True)
    host_state = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=40, blank=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    pause_from = models.TimeField(null=True)
    pause_until = models.TimeField(null=True)
    desks = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(default=0)
    slot_minutes = models.PositiveSmallIntegerField(default=0)
    walk_in_percent = models.PositiveSmallIntegerField(default=0)
    lane_percent = models.PositiveSmallIntegerField(default=0)
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    # The last number given in the line; raising it makes the acts of one day take turns.
    turn = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ORDERS), name="day_state_in_flow"),
            models.UniqueConstraint(fields=["office", "on", "place_en"], name="day_once_a_place"),
            models.CheckConstraint(
                condition=Q(state=Order.CLOSED) | Q(opens__isnull=False, closes__isnull=False, desks__gt=0),
                name="day_open_has_a_plan",
            ),
        ]
        indexes = [models.Index(fields=["on", "office"], name="day_on")]

    def __str__(self) -> str:
        return f"{self.post} {self.on}"


class Slot(models.Model):
    """A stretch of a day, and how many people it takes. Never oversold: the database says so."""

    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    bookable = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)
    walk_ins = models.PositiveSmallIntegerField(default=0)
    lane = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("bookable")), name="slot_never_oversold"),
            models.CheckConstraint(condition=Q(taken__gte=0), name="slot_taken_is_a_count"),
        ]
        ordering = ["starts_at"]

    def __str__(self) -> str:
        return f"{self.starts_at:%H:%M}"


class Ticket(models.Model):
    """One family's ticket: an opaque reference, how many they are, where it stands. `subject` is for notices alone."""

    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=14, unique=True)
    subject = models.UUIDField(unique=True)
    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="tickets")
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    people = models.PositiveSmallIntegerField()
    served_people = models.PositiveSmallIntegerField(default=0)
    lane = models.CharField(max_length=12, blank=True)
    on_line = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)
    trace = models.UUIDField()
    # What may be called out; sealed, and NULL once the day is ended.
    sealed = models.BinaryField(null=True)
    reachable = models.BooleanField(default=False)
    # The line: the number shown, the right fixed at arrival, the place among those who wait.
    number = models.PositiveIntegerField(null=True)
    standing = models.PositiveSmallIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    slot_at = models.DateTimeField(null=True)
    rank = models.PositiveIntegerField(null=True)
    desk = models.PositiveSmallIntegerField(null=True)
    misses = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=16, blank=True)
    out_of_turn = models.CharField(max_length=16, blank=True)
    arrived_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    kit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="ticket_state_in_flow"),
            models.CheckConstraint(condition=one_of("kind", Kind), name="ticket_kind"),
            models.CheckConstraint(condition=one_of("lane", Lane), name="ticket_lane"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=MOST_PEOPLE), name="ticket_is_a_family"),
            models.CheckConstraint(condition=Q(served_people__lte=F("people")), name="ticket_served_once"),
            # One command makes one ticket, one desk has one ticket before it.
            models.UniqueConstraint(fields=["trace"], name="ticket_once_per_command"),
            models.UniqueConstraint(fields=["day", "desk"], condition=Q(state="called"), name="ticket_one_at_a_desk"),
        ]
        indexes = [
            models.Index(fields=["day", "state", "rank"], name="ticket_line"),
            models.Index(fields=["day", "made_at"], name="ticket_pace"),
        ]

    def __str__(self) -> str:
        return self.reference


class Seat(models.Model):
    """So many people of a ticket in a slot; gone when they give the places back."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="seats")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="seats")
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "slot"], name="seat_once"),
            models.CheckConstraint(condition=Q(people__gte=1), name="seat_has_people"),
        ]

    def __str__(self) -> str:
        return f"{self.people} at {self.slot_id}"


class TicketStep(models.Model):
    """One act in the life of a ticket, at the centre or in a kit; never changed afterwards."""

    id = models.UUIDField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=12)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    day = models.UUIDField()
    actor = models.CharField(max_length=150)
    people = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=16, blank=True)
    # Of an arrival: the number given, and with what standing in the line.
    number = models.PositiveIntegerField(null=True)
    standing = models.PositiveSmallIntegerField(null=True)
    kit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=one_of("act", TicketAct), name="ticket_step_act")]
        indexes = [models.Index(fields=["ticket", "at"], name="ticket_step_order")]

    def __str__(self) -> str:
        return f"{self.act} of {self.ticket_id}"


class Switch(models.Model):
    """The day went to another order at this instant; the latest one counts, whenever it becomes known."""

    id = models.UUIDField(primary_key=True)
    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="switches")
    to = models.CharField(max_length=12)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    present = models.PositiveIntegerField(default=0)
    kit = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=one_of("to", Order), name="switch_to_an_order")]

    def __str__(self) -> str:
        return f"{self.day_id} to {self.to}"


class Conflict(models.Model):
    """The centre and a kit say different things of a ticket: kept until an officer has looked at it."""

    id = models.UUIDField(primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="conflicts")
    code = models.CharField(max_length=40)
    event = models.UUIDField()
    kit = models.CharField(max_length=40)
    found_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, blank=True)
    settled_by = models.CharField(max_length=150, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "code"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.code} of {self.ticket_id}"
