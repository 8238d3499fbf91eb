import { journalColumns, journalTypes } from "../server/platform/journal.ts";
const requestColumns = [
  'id uuid',
  'contact_id uuid',
  'channel text',
  'confidentiality text',
  'class text',
  'category_id integer',
  'first_category_id integer',
  'unit_id integer',
  'site_id integer',
  'stage_code text',
  'priority text',
  'requester_id uuid',
  'registrar_id uuid',
  'device_id text',
  'code_hmac bytea',
  'submitted_at timestamptz',
  'received_at timestamptz',
  'triage_due timestamptz',
  'contact_due timestamptz',
  'resolve_due timestamptz',
  'resolve_now timestamptz',
  'promise_at timestamptz',
  'next_due timestamptz',
].map((column) => column.split(' ') as [string, string]);

export const createText = (() => {
  const names: string[] = [];
  const p = (name: string, type: string): string => {
    const known = names.indexOf(name);
    return `$${known < 0 ? names.push(name) : known + 1}::${type}`;
  };
  const text = `with n as (
      select ${p('prefix', 'text')} || '-' || ${p('day', 'text')} || '-' || to_char(nextval('requests.number_seq'), 'FM99999999900000') as number),
    c as (insert into requests.contact (id, at, channel, operator_id, caller_key, outcome)
      select ${p('contact_id', 'uuid')}, ${p('received_at', 'timestamptz')}, ${p('channel', 'text')}, ${p('registrar_id', 'uuid')}, ${p('caller_key', 'bytea')}, 'requests'
      on conflict (id) do update set outcome = 'requests'),
    r as (insert into requests.request (number, ${requestColumns.map(([name]) => name).join(', ')})
      select n.number, ${requestColumns.map(([name, type]) => p(`request.${name}`, type)).join(', ')} from n),
    t as (insert into requests.content (request_id, key, text, point, callback, requester_label, source_ref)
      select ${p('request.id', 'uuid')}, ${p('key', 'bytea')}, ${p('text', 'text')}, ${p('point', 'text')}, ${p('callback', 'text')}, ${p('requester_label', 'text')}, ${p('source_ref', 'text')}),
    e as (insert into requests.entry (id, request_id, at, kind, actor_id, side, who, original, text, file_ids)
      select ${p('entry_id', 'uuid')}, ${p('request.id', 'uuid')}, ${p('request.submitted_at', 'timestamptz')}, ${p('entry_kind', 'text')}, ${p('actor_id', 'uuid')},
        ${p('side', 'text')}, ${p('who', 'text')}, true, ${p('text', 'text')}, ${p('file_ids', 'uuid[]')}),
    j as (insert into journal.entry (${journalColumns}) values (${journalTypes.map((type, i) => p(`journal.${i}`, type)).join(', ')})),
    i as (insert into platform.idempotency (sender, key, body_hash, status, answer)
      select ${p('once_sender', 'text')}, ${p('once_key', 'text')}, ${p('once_hash', 'bytea')}, 200,
        ${p('answer', 'jsonb')} || jsonb_build_object('number', n.number) from n where ${p('once_key', 'text')} is not null)
    select number from n`;
  return { text, names };
});
