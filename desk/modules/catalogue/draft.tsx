import { useState } from 'react';
import { catalogueEndpoints as api, type CatalogueItem } from '../../../contract/catalogue.ts';
import { useAct } from '../../app/act.ts';
import { useFormat } from '../../app/format.ts';
import { useProblemText } from '../../app/problems.ts';
import { Button, Dialog, Empty, Notice, notify, Problem, TextField } from '../../kit/index.ts';
import { refreshes, useEdition, useEditions } from './data.ts';
import { ItemForm } from './item-form.tsx';
import { Lines } from './lines.tsx';
import { CatalogueUpload, tableAddress } from './table-file.tsx';
import { useT } from './words.ts';

function Decide({ onClose, onDecided }: { onClose: () => void; onDecided: () => void }) {
  const t = useT();
  const format = useFormat();
  const problem = useProblemText();
  const [from, setFrom] = useState('');
  const [note, setNote] = useState('');
  const act = useAct(api.putInForce, {
    refreshes,
    onDone: ({ number, from: at }) => {
      notify.good(t('decided', { n: number, from: format.moment(at) }));
      onDecided();
    },
  });
  const ready = note.trim().length >= 2;
  return (
    <Dialog open title={t('decideTitle')} onClose={onClose}>
      <form
        className="ca-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !act.isPending) act.mutate({ from: from ? format.instant(from) : null, note: note.trim() });
        }}
      >
        <p className="soft">{t('decideLead')}</p>
        <TextField label={t('decideFrom')} line={{ type: 'datetime-local' }} value={from} onChange={setFrom} />
        <TextField label={t('decideNote')} maxLength={300} value={note} onChange={setNote} />
        {act.error && (
          <Notice kind="over" alert>
            {problem(act.error)}
          </Notice>
        )}
        <div className="dialog-acts">
          <Button kind="main" submit busy={act.isPending} disabled={!ready}>
            {t('decide')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** The draft: its lines are changed here, checked at once, and put in force for a moment to come. */
export function DraftTab({ onPreview, onDecided }: { onPreview: () => void; onDecided: () => void }) {
  const t = useT();
  const editions = useEditions();
  const draft = editions.data?.editions.find((one) => one.state === 'draft') ?? null;
  const { data, error, refetch } = useEdition(draft?.id ?? null);
  const [editing, setEditing] = useState<{ item: CatalogueItem | null; categoryId: number | null } | null>(null);
  const [deciding, setDeciding] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [uploading, setUploading] = useState(false);
  const begin = useAct(api.beginDraft, { refreshes, onFail: notify.problem });
  const remove = useAct(api.removeItem, {
    refreshes,
    onDone: () => notify.good(t('removed')),
    onFail: notify.problem,
  });
  const drop = useAct(api.dropDraft, {
    refreshes,
    onDone: () => {
      notify.good(t('dropped'));
      setDropping(false);
    },
    onFail: notify.problem,
  });
  if (editions.error && !editions.data)
    return <Problem title={t('loadFailed')} error={editions.error} onRetry={editions.refetch} />;
  if (!editions.data) return <div className="page-waiting" aria-busy="true" />;
  if (!draft)
    return (
      <Empty title={t('noDraft')}>
        {t('beginHow')}{' '}
        <Button kind="main" busy={begin.isPending} onClick={() => begin.mutate({})}>
          {t('begin')}
        </Button>
      </Empty>
    );
  if (error && !data) return <Problem title={t('loadFailed')} error={error} onRetry={refetch} />;
  if (!data) return <div className="page-waiting" aria-busy="true" />;
  const refuses = data.problems.filter((one) => one.refuses).length;
  const warns = data.problems.length - refuses;
  const of = (kind: string) => data.changes.filter((one) => one.kind === kind).length;
  return (
    <>
      <Lines
        view={data}
        onEdit={(item, categoryId) => setEditing({ item, categoryId })}
        onRemove={(item) => remove.mutate({ id: item.id })}
        acts={
          <>
            <div className="dialog-acts">
              <Button kind="main" keys={['N']} onClick={() => setEditing({ item: null, categoryId: null })}>
                {t('add')}
              </Button>
              <Button onClick={onPreview}>{t('tab_preview')}</Button>
              <Button disabled={refuses > 0 || data.changes.length === 0} onClick={() => setDeciding(true)}>
                {t('decide')}
              </Button>
              <a className="btn" href={tableAddress('draft')} download>
                {t('download')}
              </a>
              <Button onClick={() => setUploading(true)}>{t('upload')}</Button>
              <Button kind="plain" onClick={() => setDropping(true)}>
                {t('drop')}
              </Button>
            </div>
            <p role="status">
              {refuses > 0 ? <b className="over">{t('refuses', { n: refuses })}</b> : <span>{t('clean')}</span>}
              {warns > 0 && <span className="near">{`${t('sep')}${t('warns', { n: warns })}`}</span>}
              <span className="soft">
                {t('sep')}
                {data.changes.length === 0
                  ? t('noChanges')
                  : t('changes', { added: of('added'), changed: of('changed'), removed: of('removed') })}
              </span>
            </p>
          </>
        }
      />
      {editing && <ItemForm item={editing.item} categoryId={editing.categoryId} onClose={() => setEditing(null)} />}
      {deciding && (
        <Decide
          onClose={() => setDeciding(false)}
          onDecided={() => {
            setDeciding(false);
            onDecided();
          }}
        />
      )}
      {uploading && <CatalogueUpload onClose={() => setUploading(false)} />}
      <Dialog open={dropping} title={t('drop')} onClose={() => setDropping(false)}>
        <p>{t('dropSure')}</p>
        <div className="dialog-acts">
          <Button kind="main" busy={drop.isPending} onClick={() => drop.mutate({})}>
            {t('drop')}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
