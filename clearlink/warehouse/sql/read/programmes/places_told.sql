-- Places of which the returns of a programme tell anything, by themselves or by their authorities.
-- Grain: place.
select distinct f.place
from programme_figure f
join programme_measure m using (measure_id)
where list_contains(string_split(m.programmes, ';'), $programme)
order by f.place
