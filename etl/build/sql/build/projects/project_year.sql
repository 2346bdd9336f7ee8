-- Whole pence of each project by financial year (1 April to 31 March: the year of the build and the one
-- before) and theme. The yearly value × days run in the year ÷ days of the year, half a penny to the even
-- one, then split by the share of each theme by largest remainder. Only money that is paid by the year: no
-- ceiling of a framework, no tender notice, and nothing whose days nobody recorded. A project with an end and
-- no start has no day it is known to begin, so it counts from the first of the year. Twins:
-- clearlink.rules.money.annual_value_pence, theme_split and clearlink.rules.running.is_money_a_year. Grain:
-- project, financial year, theme.
create temp table project_year as
with fy as (
    select
        make_date(y, 4, 1) as first_day,
        make_date(y + 1, 3, 31) as last_day,
        y || '-' || lpad(((y + 1) % 100)::varchar, 2, '0') as financial_year
    from build
    cross join
        lateral (
            select
                unnest(
                    [year(as_of) - (month(as_of) < 4)::integer, year(as_of) - (month(as_of) < 4)::integer - 1]
                ) as y
        )
),

whole as (
    select
        p.project_id, f.financial_year,
        round_even(
            round_even(p.annual_value_gbp * 100, 0)
            * greatest(
                0,
                1
                + date_diff(
                    'day',
                    greatest(f.first_day, coalesce(p.start_date, f.first_day)),
                    least(f.last_day, coalesce(p.end_date, f.last_day))
                )
            )
            / (1 + date_diff('day', f.first_day, f.last_day)), 0
        )::bigint as pence
    from project p join project_now n using (project_id) cross join fy f
    where
        n.is_money_known
),

shared as (
    select w.*, t.theme_id, w.pence * coalesce(t.share, 1.0) / sum(coalesce(t.share, 1.0)) over one as exact
    from whole w left join project_theme t using (project_id)
    where w.pence > 0
    window one as (partition by w.project_id, w.financial_year)
),

floored as (
    select
        *, pence - sum(floor(exact)) over (partition by project_id, financial_year) as pence_left,
        row_number()
            over (partition by project_id, financial_year order by floor(exact) - exact, theme_id)
            as nth
    from shared
)

select project_id, theme_id, financial_year, (floor(exact) + (nth <= pence_left)::integer)::bigint as pence
from floored
