-- Relative provision of a theme in a place by definition of need, where the build holds gaps. Grain: area, gap type and definition.
select area_code, gap_type, definition, relative_provision, class from gap
where theme_id = $theme and relative_provision is not null
  and (area_code = $place or area_code in (select la_code from area_member where area_code = $place))
order by gap_type, definition, area_code
