-- Need of one area on every theme: the latest edition of each definition. Grain: theme and definition.
select
    n.*,
    h.name_en as theme_en,
    h.name_cy as theme_cy,
    h.sort,
    i.name_en as indicator_en,
    i.name_cy as indicator_cy,
    i.unit_en,
    i.unit_cy,
    i.caveat_en,
    i.caveat_cy
from (
    select * from need
    union all by name
    select * from partnership_need
) n
join theme h using (theme_id)
left join indicator i using (indicator_id)
where n.area_code = $area
qualify
    row_number()
        over (partition by n.theme_id, n.definition order by n.published desc nulls last, n.edition desc)
    = 1
order by h.sort asc, n.definition desc
