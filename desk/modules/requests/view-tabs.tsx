import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useMe } from '../../app/session.tsx';
import { useCurrentInSight } from '../../kit/in-sight.ts';
import { Button, Dialog, Field, Glyph } from '../../kit/index.ts';
import type { Filters, View } from './filters.ts';
import { useViewCounts } from './queue-data.ts';
import { useSavedViews } from './saved-views.ts';
import { viewsOf } from './views.ts';
import { useT } from './words.ts';

function Tab({
  view,
  current,
  count,
  onOpen,
}: {
  view: View;
  current: boolean;
  count: number | undefined;
  onOpen: () => void;
}) {
  const t = useT();
  return (
    <button type="button" aria-current={current ? 'page' : undefined} onClick={onOpen}>
      {t(`view_${view}`)} {count !== undefined && <span>{count >= 999 ? '999+' : count}</span>}
    </button>
  );
}

/** Views with their live counts; a person's own ones after them. */
export function ViewTabs({ filters }: { filters: Filters }) {
  const t = useT();
  const me = useMe();
  const counts = useViewCounts();
  const navigate = useNavigate();
  const { saved, save, drop } = useSavedViews();
  const [naming, setNaming] = useState(false);
  const { day, wide } = viewsOf(me);
  const row = useCurrentInSight<HTMLElement>(filters.view);
  const open = (next: Partial<Filters>) => void navigate({ to: '/requests', search: next as never });
  const isSaved = saved.find((each) => JSON.stringify(each.filters) === JSON.stringify(filters));
  const tab = (view: View) => (
    <Tab
      key={view}
      view={view}
      current={!isSaved && filters.view === view}
      count={counts[view]}
      onOpen={() => open({ view })}
    />
  );
  return (
    <nav className="views" ref={row} aria-label={t('views')}>
      {day.map(tab)}
      <i className="sep" />
      {wide.map(tab)}
      {saved.map((each) => (
        <span key={each.name} className="own-view">
          <button type="button" aria-current={each === isSaved ? 'page' : undefined} onClick={() => open(each.filters)}>
            {each.name}
          </button>
          {each === isSaved && (
            <button
              type="button"
              className="icon-btn"
              aria-label={t('dropView', { name: each.name })}
              onClick={() => drop(each.name)}
            >
              <Glyph name="cross" />
            </button>
          )}
        </span>
      ))}
      <span className="grow" />
      {!isSaved && (
        <button type="button" className="save-view" onClick={() => setNaming(true)}>
          {t('saveView')}
        </button>
      )}
      <Dialog open={naming} title={t('saveViewTitle')} onClose={() => setNaming(false)}>
        <NameForm
          onSave={(name) => {
            save({ name, filters });
            setNaming(false);
          }}
        />
      </Dialog>
    </nav>
  );
}

function NameForm({ onSave }: { onSave: (name: string) => void }) {
  const t = useT();
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onSave(name.trim());
  };
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 12 }}>
      <Field label={t('saveViewName')} hint={t('saveViewHint')}>
        {(control) => (
          <input
            {...control}
            className="input"
            required
            maxLength={16}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="dialog-acts">
        <Button kind="main" submit>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
