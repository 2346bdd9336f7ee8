-- Finds decision by meeting_id.
create index decision_by_meeting_id on decision (meeting_id)
