import { Link } from '@tanstack/react-router';
import { messageEndpoints as api, type Message } from '../../../contract/messages.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { useNow } from '../../app/now.ts';
import { useLocale } from '../../app/words.ts';
import { Button } from '../../kit/button.tsx';
import { useDraft } from '../../kit/draft.ts';
import { Glyph } from '../../kit/glyph.tsx';
import { notify } from '../../kit/notify.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { sentence, useT } from './words.ts';

const shapes = { urgent: 'triangle', important: 'diamond', info: 'circle' } as const;
const noWords = { reply: '' };

/** Until when it is asked for, that it is late, or when it was confirmed. */
function Asked({ message }: { message: Message }) {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  if (!message.confirmBy) return null;
  if (message.confirmedAt)
    return <span className="soft small">{t('confirmed', { at: format.moment(message.confirmedAt) })}</span>;
  const late = Date.parse(message.confirmBy) < now;
  return (
    <span className={late ? 'over small' : 'soft small'}>
      {t(late ? 'late' : 'confirmBy', { at: format.moment(message.confirmBy) })}
      {message.chasedAt && ` · ${t('chased', { at: format.moment(message.chasedAt) })}`}
    </span>
  );
}

function ConfirmForm({ message }: { message: Message }) {
  const t = useT();
  const [draft, change, drop] = useDraft(`message.${message.id}`, noWords);
  const confirm = useAct(api.confirm, { refreshes: [['messages']], onDone: drop, onFail: notify.problem });
  return (
    <form
      className="ms-confirm"
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate({ id: message.id, reply: draft.reply.trim() || undefined });
      }}
    >
      <TextField
        label={t('reply')}
        hint={t('replyHint')}
        maxLength={500}
        value={draft.reply}
        onChange={(reply) => change({ reply })}
      />
      <Button kind="main" submit busy={confirm.isPending}>
        {t('confirmAct')}
      </Button>
    </form>
  );
}

/** One message: how pressing, what, about which record, since when. Opening the record marks it read. */
export function MessageRow({ message, onOpen }: { message: Message; onOpen: () => void }) {
  const t = useT();
  const format = useFormat();
  const language = useLocale();
  const text = sentence(message, language);
  return (
    <li className="ms-row" data-unread={message.openedAt === null || undefined} data-level={message.level}>
      <span className="ms-level">
        <Glyph name={shapes[message.level]} />
        <span>{t(message.level)}</span>
      </span>
      <div>
        {message.about.route ? (
          <Link id={`message-${message.id}`} className="ms-text" to={message.about.route} onClick={onOpen}>
            {text}
          </Link>
        ) : (
          <button id={`message-${message.id}`} type="button" className="ms-text" onClick={onOpen}>
            {text}
          </button>
        )}
        <Asked message={message} />
        {message.reply && <q className="small">{message.reply}</q>}
        {message.confirmBy && !message.confirmedAt && <ConfirmForm message={message} />}
      </div>
      <time className="soft small" dateTime={message.sentAt} title={format.full(message.sentAt)}>
        {format.moment(message.sentAt)}
      </time>
    </li>
  );
}
