-- First halves of the postcodes held, and whether they are still in use. Grain: district.
select
    p.district,
    e.district is not null as is_ended,
    count(*) as postcodes
from postcode p
left join postcode_district_ended e using (district)
group by p.district, e.district
order by p.district
