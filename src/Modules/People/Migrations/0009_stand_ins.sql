-- In whose name a stand-in proposed a merge: neither of the two confirms it.
alter table people_pair add column decided_for uuid null;
