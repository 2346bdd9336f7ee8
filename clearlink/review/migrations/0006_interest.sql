-- A member's interest in an item. Grain: item and member.
create table interest (
    interest_id text primary key,
    version integer not null,
    meeting_id text not null,
    item_id text not null,
    member_id text not null,
    nature text not null,
    stands integer not null,
    declared_at text not null,
    unique (item_id, member_id),
    foreign key (item_id) references item (item_id),
    foreign key (member_id) references member (member_id)
)
