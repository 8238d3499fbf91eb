-- What is only a trace of telling is forgotten by age: `retention.yaml` says when.
grant delete on messages.message, messages.copy, messages.delivery to lastmetre_app;
create index copy_read on messages.copy (sent_at) where opened_at is not null;
create index message_keyless on messages.message (sent_at) where once is null;

-- Whether a stored picture is named by another record too is asked at every erasing and every sweep.
create index file_by_content on platform.file (sha256);
