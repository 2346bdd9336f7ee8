-- Whole pence of each project by financial year (1 April to 31 March) and theme, in every year in which it is
-- known to run. The yearly value × days run in the year ÷ days of the year, half a penny to the even one,
-- then split by the share of each theme by largest remainder. Only money that is paid by the year: no ceiling
-- of a framework, no tender notice, and nothing whose days nobody recorded. Where the first day is not
-- recorded it counts from the first day of the build's year (not in earlier ones), where the last is not, to
-- the end of that year (not in later ones). Twins: clearlink.rules.money.annual_value_pence, theme_split and
-- clearlink.rules.running.state_in_year. Grain: project, financial year, theme.
create temp table project_year as
with own as (
    select year(as_of) - (month(as_of) < 4)::integer as own_year from build
),

-- a century that somebody mistyped makes no thousand years of a ledger
known as (
    select
        p.*,
        year(p.start_date) - (month(p.start_date) < 4)::integer as first_year,
        year(p.end_date) - (month(p.end_date) < 4)::integer as last_year,
        o.own_year
    from project p
    join project_now n using (project_id)
    cross join own o
    where n.is_money_known
),

fy as (
    select
        k.project_id,
        k.start_date,
        k.end_date,
        k.annual_value_gbp,
        make_date(y, 4, 1) as first_day,
        make_date(y + 1, 3, 31) as last_day,
        y || '-' || lpad(((y + 1) % 100)::varchar, 2, '0') as financial_year
    from known k
    cross join
        lateral (
            select
                unnest(
                    range(
                        greatest(coalesce(first_year, own_year), own_year - 30),
                        least(coalesce(last_year, own_year), own_year + 10) + 1
                    )
                ) as y
        ) years
),

whole as (
    select
        f.project_id, f.financial_year,
        round_even(
            round_even(f.annual_value_gbp * 100, 0)
            * greatest(
                0,
                1
                + date_diff(
                    'day',
                    greatest(f.first_day, coalesce(f.start_date, f.first_day)),
                    least(f.last_day, coalesce(f.end_date, f.last_day))
                )
            )
            / (1 + date_diff('day', f.first_day, f.last_day)), 0
        )::bigint as pence
    from fy f
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
