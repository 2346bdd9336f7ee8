-- Map layers. Grain: layer.
select * from geometry_asset
order by layer
