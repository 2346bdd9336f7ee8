-- Boards and partnerships of whole authorities are places that can be chosen. Grain: place.
insert into place
select
    a.area_code, a.name_en, a.name_cy,
    case a.area_type
        when 'PSB' then 'in the area of ' || a.name_en || ' Public Services Board' else 'in ' || a.name_en
    end,
    case a.area_type
        when 'PSB' then 'yn ardal Bwrdd Gwasanaethau Cyhoeddus ' || a.name_cy else 'yn ardal ' || a.name_cy
    end
from area a
where a.area_type in ('PSB', 'PARTNERSHIP') and a.area_code in (select area_code from area_member)
