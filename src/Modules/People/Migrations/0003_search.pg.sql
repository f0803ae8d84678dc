-- Beginnings are found by range, which needs the order of bytes and not that of a language.
create index people_name_bytes on people_name (token collate "C", name);
