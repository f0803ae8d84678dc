-- Up to which imports the files were last brought up to date: a process killed between the two is caught up with by the next.
create table people_updated (id bigint primary key, mark text not null);
