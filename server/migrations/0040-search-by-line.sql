-- What may be searched is also found by the line it lies with, by who took it down and by being open (see search/keys.ts), so
-- that a search in a list of work reads neither the words of the whole list nor what is long closed. The reader of the journal
-- fills it anew.
truncate requests.search;
delete from journal.cursor where reader = 'requests.search';
