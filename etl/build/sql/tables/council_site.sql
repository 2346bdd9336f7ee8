-- Where each council can be asked: its own public site, never a person. Grain: authority.
create table council_site (la_code varchar primary key, url_en varchar not null, url_cy varchar not null)
