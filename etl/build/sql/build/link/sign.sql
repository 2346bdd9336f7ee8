-- Signs of ad-hoc commissioning (method B10), beside the verdict and never in it. S1 to S3 from papers (S1
-- also where the decision is later than the end); S4 and S5 from the citation; S6 where an earlier term was
-- reviewed too long before the decision, never from a blank; S7 possible duplication within a year under
-- another commissioner or programme; S8 an ended project whose priority is in force and has no other. Grain:
-- project, sign and source.
create table sign as
with read_in_paper as (
    select
        r.project_id,
        unnest(string_split(r.signs, ';')) as sign,
        null as document,
        r.url,
        coalesce(p.decision_date, r.notice_date) as dated,
        r.said_of_need as said,
        r.legal_ground as ground,
        r.source_kind
    from public_record r
    join project p using (project_id)
    where r.signs <> ''
),

earlier as (
    select p.project_id, e.project_id as project_b, e.last_review as dated, e.outcomes_state
    from project p
    join project_scope s using (project_id)
    join project_theme t on t.project_id = p.project_id and t.is_primary
    join
        project e
        on
            e.project_id <> p.project_id
            and e.la_code = p.la_code
            and coalesce(e.provider_org_id, e.provider_name) = coalesce(p.provider_org_id, p.provider_name)
            and e.target_group is not distinct from p.target_group
            and e.end_date between p.start_date - interval 92 days and p.start_date
    join project_theme u on u.project_id = e.project_id and u.is_primary and u.theme_id = t.theme_id
    where
        e.outcomes_state = 'confirmed_none'
        or datesub('month', e.last_review, s.decided_on) > setting_value('review_months')
),

beside as (
    select o.project_a, o.project_b
    from overlap o
    join project a on a.project_id = o.project_a
    join project b on b.project_id = o.project_b
    where
        o.kind = 'POSSIBLE_DUPLICATION'
        and abs(date_diff('day', a.start_date, b.start_date)) <= 366
        and (a.commissioner <> b.commissioner or a.programme_id is distinct from b.programme_id)
),

orphaned as (
    select distinct p.project_id, ci.priority_id, p.end_date
    from project p
    cross join build x
    join citation ci using (project_id)
    join priority pr using (priority_id)
    join assessment a using (assessment_id)
    left join assessment_life life on life.kind = a.kind
    where
        p.end_date < x.as_of
        and coalesce(a.valid_to, coalesce(a.published_by, a.published) + to_years(life.years)) >= x.as_of
        and not exists (
            select 1
            from citation c2
            join project q on q.project_id = c2.project_id
            where c2.priority_id = ci.priority_id and coalesce(q.end_date, x.as_of) >= x.as_of
        )
)

select
    project_id,
    sign,
    'paper' as known_from,
    document,
    url,
    dated,
    said,
    ground,
    source_kind,
    null::varchar as project_b,
    null::varchar as priority_id,
    null::varchar as reply,
    null::date as replied_on
from read_in_paper
union all
select
    project_id, sign, 'person', document, url, paper_date, said, ground, null, null, null, reply,
    replied_on
from sign_seen
union all
select project_id, 'S1', 'rule', null, source_url, decision_date, null, null, null, null, null, null, null
from project
where decision_date > end_date
union all
select
    project_id,
    case reason when 'C3-RETROFIT' then 'S4' else 'S5' end,
    'rule',
    null,
    null,
    case reason when 'C3-RETROFIT' then published else valid_to end,
    null,
    null,
    null,
    null,
    priority_id,
    null,
    null
from c3
where basis = 'at_decision' and reason in ('C3-RETROFIT', 'C3-EXPIRED')
union all
select project_id, 'S6', 'rule', null, null, dated, null, null, null, project_b, null, null, null from earlier
union all
select project_a, 'S7', 'rule', null, null, null, null, null, null, project_b, null, null, null from beside
union all
select project_b, 'S7', 'rule', null, null, null, null, null, null, project_a, null, null, null from beside
union all
select project_id, 'S8', 'rule', null, null, end_date, null, null, null, null, priority_id, null, null
from orphaned
