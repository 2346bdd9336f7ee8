-- Postcodes of Wales by their first half, each with the small area it lies in; ended ones too. Grain:
-- postcode.
create table postcode (district varchar not null, postcode varchar not null, area_code varchar not null)
