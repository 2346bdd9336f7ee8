-- How many years an assessment of each kind stands when it does not say.
create table assessment_life (kind varchar primary key, years integer)
