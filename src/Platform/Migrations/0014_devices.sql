-- From what kind of device a sign-in began, in a word and no more: so that its owner knows it again on the page of the own sign-ins.
alter table access_session add column device text not null default '';
