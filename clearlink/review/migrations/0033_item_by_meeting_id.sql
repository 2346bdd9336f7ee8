-- Finds item by meeting_id.
create index item_by_meeting_id on item (meeting_id)
