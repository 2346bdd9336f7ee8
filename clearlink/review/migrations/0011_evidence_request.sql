-- A question to the owner of a project and the answer or silence. Grain: request.
create table evidence_request (
    request_id text primary key,
    version integer not null,
    place text not null,
    la_code text,
    project_id text not null,
    field text not null,
    asked_of text not null,
    question text not null,
    asked_on text not null,
    due_on text not null,
    asked_by text not null,
    answer text,
    answer_text text,
    reference text,
    answered_on text,
    answered_by text,
    check (field in ('c1', 'c2', 'c3'))
)
