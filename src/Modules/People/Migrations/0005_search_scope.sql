-- Whether a file found by name lies in the clerk's area is asked of thousands of files for a common name: answered from the index alone.
create index people_file_scope on people_file (id, state, lives, registered);
