-- First halves of postcodes that are no longer in use. Grain: district.
create table postcode_district_ended (district varchar primary key)
